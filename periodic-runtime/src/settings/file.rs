//! Settings files: TOML, each value with its place.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nested::Nested;
use super::quote;
use super::value::{self, Fault, Raw};
use super::{
    Origin, ProblemKind, ServiceOption, Settings, SettingsProblem, TaskKey, TaskSetting, TaskSettings,
};

/// The table in which those of the tasks stand.
const TASKS: &str = "tasks";

/// Puts what a file holds on top of `settings`.
pub(super) fn read(
    file: &str,
    content: &[u8],
    settings: Settings,
    problems: &mut Vec<SettingsProblem>,
) -> Settings {
    let valid = match std::str::from_utf8(content) {
        Ok(text) => text,
        Err(error) => {
            // What is valid before it tells the line.
            let text = str::from_utf8(&content[..error.valid_up_to()]).unwrap_or_default();
            let place = Place::new(file, text);
            problems.push(place.problem(&[], text.len(), (ProblemKind::Syntax, "this is not UTF-8".into())));
            return settings;
        }
    };
    let place = Place::new(file, valid);
    let (table, errors) = DeTable::parse_recoverable(valid);
    if !errors.is_empty() {
        problems.extend(errors.iter().map(|error| place.no_toml(error)));
        return settings;
    }
    let mut reader = Reader { place, problems, tasks: Vec::new() };
    let settings = reader.top(table.get_ref(), settings);
    let tasks = std::mem::take(&mut reader.tasks);
    in_order(tasks).fold(settings, |settings, task| task.put_on(settings))
}

/// Patterns in the order of the file, then exact names in the order of the file.
fn in_order(mut tasks: Vec<Section>) -> impl Iterator<Item = Section> {
    tasks.sort_by_key(|task| (!task.name.contains('*'), task.at));
    tasks.into_iter()
}

/// The keys of one task's table.
struct Section {
    name: String,
    at: usize,
    origin: Origin,
    settings: TaskSettings,
}

impl Section {
    fn put_on(self, settings: Settings) -> Settings {
        settings.task_from(self.origin, self.name, self.settings)
    }
}

/// Where what is read stands.
struct Place<'a> {
    file: Arc<str>,
    text: &'a str,
    /// Where its lines begin: every key is looked up, and a file may have many.
    lines: Vec<usize>,
}

impl<'a> Place<'a> {
    fn new(file: &str, text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { file: file.into(), text, lines: std::iter::once(0).chain(breaks).collect() }
    }

    fn origin(&self, path: &[&str], at: usize) -> Origin {
        // An error at the end of a file that ends in a line break is one of its last line.
        let at = at.min(self.text.trim_end_matches(['\n', '\r']).len());
        let line = self.lines.partition_point(|begin| *begin <= at).max(1);
        let before = self.text.get(self.lines[line - 1]..at).unwrap_or_default();
        let column = before.chars().count() + 1;
        Origin::File { file: Arc::clone(&self.file), line, column, key: written(path) }
    }

    fn problem(&self, path: &[&str], at: usize, (kind, what): Fault) -> SettingsProblem {
        SettingsProblem::new(self.origin(path, at), kind, what)
    }

    fn no_toml(&self, error: &toml::de::Error) -> SettingsProblem {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let found = self.text.get(span.clone()).filter(|found| (1..=40).contains(&found.trim().len()));
        let what = match found.map(str::trim).filter(|found| !found.contains('\n')) {
            Some(found) => format!("{}: `{found}`", error.message()),
            None => error.message().into(),
        };
        self.problem(&[], span.start, (ProblemKind::Syntax, what))
    }
}

struct Reader<'a, 'p> {
    place: Place<'a>,
    problems: &'p mut Vec<SettingsProblem>,
    tasks: Vec<Section>,
}

impl Reader<'_, '_> {
    fn top(&mut self, table: &DeTable<'_>, mut settings: Settings) -> Settings {
        for (key, value) in in_file_order(table) {
            let name: &str = key.get_ref();
            let raw = raw(value.get_ref());
            let fault = match (ServiceOption::named(name), value.get_ref()) {
                (Some(option), _) => {
                    let mut read = Ok(());
                    settings =
                        settings.service(|options| read = value::set_option(option, raw.as_raw(), options));
                    read.err()
                }
                (None, DeValue::Table(tasks)) if name == TASKS => {
                    self.names(tasks, &mut vec![TASKS]);
                    None
                }
                (None, _) if name == TASKS => Some((
                    ProblemKind::Type,
                    format!("expected a table for each task, found {}", raw.as_raw()),
                )),
                (None, _) => Some((ProblemKind::UnknownKey, unknown_option(name))),
            };
            if let Some(fault) = fault {
                self.problems.push(self.place.problem(&[name], key.span().start, fault));
            }
        }
        settings
    }

    /// Tables that are named after tasks, or hold such.
    fn names<'t>(&mut self, table: &'t DeTable<'_>, path: &mut Vec<&'t str>) {
        for (key, value) in in_file_order(table) {
            path.push(key.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => self.task(inner, path, key.span()),
                other => {
                    let found = raw(other);
                    let found = found.as_raw();
                    let what = format!("expected a table with the keys of a task, found {found}");
                    self.problems.push(self.place.problem(path, key.span().start, (ProblemKind::Type, what)));
                }
            }
            path.pop();
        }
    }

    /// A table of one task: its keys, and tables of tasks whose names go on from here.
    fn task<'t>(&mut self, table: &'t DeTable<'_>, path: &mut Vec<&'t str>, span: Range<usize>) {
        let mut settings = TaskSettings::new();
        let mut goes_on = false;
        for (key, value) in in_file_order(table) {
            path.push(key.get_ref());
            let known = TaskKey::named(key.get_ref());
            match (known, value.get_ref()) {
                (None, DeValue::Table(inner)) => {
                    goes_on = true;
                    self.task(inner, path, key.span());
                }
                (known, value) => {
                    let at = key.span().start;
                    if let (Some(nested), DeValue::Table(inner)) = (known.and_then(Nested::of), value) {
                        if let Some(setting) = self.nested(nested, inner, path, at) {
                            settings = settings.set(setting, Some(self.place.origin(path, at)));
                        }
                        path.pop();
                        continue;
                    }
                    let raw = raw(value);
                    let read = match known {
                        Some(known) => value::task_setting(known, raw.as_raw()),
                        None => Err((
                            ProblemKind::UnknownKey,
                            value::unknown_task_key(key.get_ref(), &str::to_owned),
                        )),
                    };
                    match read {
                        Ok(setting) => settings = settings.set(setting, Some(self.place.origin(path, at))),
                        Err(fault) => self.problems.push(self.place.problem(path, at, fault)),
                    }
                }
            }
            path.pop();
        }
        // `tasks.Manager` of `[tasks.Manager.poll]` names no task.
        if !goes_on || settings != TaskSettings::new() {
            let origin = self.place.origin(path, span.start);
            self.tasks.push(Section { name: path[1..].join("."), at: span.start, origin, settings });
        }
    }
}

impl Reader<'_, '_> {
    /// A value that is a table; `None` if there is something wrong with it. Each part tells its own mistake.
    fn nested<'t>(
        &mut self,
        mut nested: Nested,
        table: &'t DeTable<'_>,
        path: &mut Vec<&'t str>,
        at: usize,
    ) -> Option<TaskSetting> {
        let before = self.problems.len();
        for (key, value) in in_file_order(table) {
            path.push(key.get_ref());
            if let Err(fault) = nested.read(key.get_ref(), raw(value.get_ref()).as_raw()) {
                self.problems.push(self.place.problem(path, key.span().start, fault));
            }
            path.pop();
        }
        let is_sound = self.problems.len() == before;
        if !is_sound && !nested.misses_a_part() {
            return None;
        }
        match nested.finish() {
            Ok(setting) => is_sound.then_some(setting),
            Err(fault) => {
                self.problems.push(self.place.problem(path, at, fault));
                None
            }
        }
    }
}

fn in_file_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A value of TOML; a number in another base is owned, because it is read as a decimal one.
enum Value<'a> {
    Borrowed(Raw<'a>),
    Number(String),
}

impl Value<'_> {
    fn as_raw(&self) -> Raw<'_> {
        match self {
            Self::Borrowed(raw) => *raw,
            Self::Number(digits) => Raw::Number(digits),
        }
    }
}

fn raw<'a>(value: &'a DeValue<'_>) -> Value<'a> {
    Value::Borrowed(match value {
        DeValue::String(text) => Raw::Text(text),
        DeValue::Integer(number) => {
            match (number.radix(), i64::from_str_radix(number.as_str(), number.radix())) {
                (10, _) | (_, Err(_)) => Raw::Number(number.as_str()),
                (_, Ok(decimal)) => return Value::Number(decimal.to_string()),
            }
        }
        DeValue::Float(number) => Raw::Number(number.as_str()),
        DeValue::Boolean(value) => Raw::Switch(*value),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(_) => Raw::Other("an array"),
        DeValue::Table(_) => Raw::Other("a table"),
    })
}

fn unknown_option(name: &str) -> String {
    if TaskKey::named(name).is_some() {
        return format!(
            "`{name}` is a key of a task: write it below `[tasks.\"NAME\"]`, or `[tasks.\"*\"]` for all"
        );
    }
    let known = ServiceOption::ALL.map(|option| option.name);
    let near = periodic_text::nearest(name, known.into_iter().chain([TASKS]), |known| [known]);
    match near {
        Some(near) => format!("unknown key; did you mean `{near}`?"),
        None => format!("unknown key; here stand `{}`, and the table `{TASKS}`", known.join("`, `")),
    }
}

/// A key with the tables around it, as TOML writes it.
fn written(path: &[&str]) -> String {
    path.iter().map(|key| quote::key(key)).collect::<Vec<_>>().join(".")
}

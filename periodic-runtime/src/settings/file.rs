//! Settings files: TOML, each value with its place.

use std::borrow::Cow;
use std::ops::Range;

use periodic_text::name::{self, NameProblem};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nested::Nested;
use super::place::Place;
use super::problems::Problems;
use super::value::{self, Fault, Raw};
use super::{Origin, ProblemKind, ServiceOption, Settings, TaskKey, TaskSetting, TaskSettings};

/// The table that holds the tables of the tasks.
const TASKS: &str = "tasks";

/// The largest number of tables in a file. A table of a few bytes takes a kilobyte of memory, so 16 MiB of them would
/// take gigabytes. They are counted before the file is parsed, by the characters that may begin one.
const MOST_TABLES: usize = 400_000;

/// The largest file, in bytes, for which all mistakes in the syntax are reported; for a larger one only the first is.
/// The parser keeps each mistake, in some hundred bytes, and each byte may be one.
const ALL_TOLD: usize = 1 << 20;

/// How many names with a `*` are read.
const MOST_PATTERNS: usize = Settings::MOST_PATTERNS;

/// Puts the content of a file on top of `settings`.
pub(super) fn read(file: &str, content: &[u8], settings: Settings, problems: &mut Problems) -> Settings {
    let valid = match std::str::from_utf8(content) {
        Ok(text) => text,
        Err(error) => {
            // The valid text before it gives the line.
            let text = str::from_utf8(&content[..error.valid_up_to()]).unwrap_or_default();
            let place = Place::new(file, text);
            problems.push(|| {
                place.problem(
                    &[],
                    text.len(),
                    (ProblemKind::Syntax, "this is not UTF-8: save the file as UTF-8".into()),
                )
            });
            return settings;
        }
    };
    let place = Place::new(file, valid);
    if let Some((at, _)) = valid.match_indices(['.', '{', '[']).nth(MOST_TABLES) {
        problems.push(|| {
            let what = format!(
                "the file has more than {MOST_TABLES} of the signs `.`, `{{` and `[`, each of which may begin a table: \
                 write fewer tables"
            );
            place.problem(&[], at, (ProblemKind::Value, what))
        });
        return settings;
    }
    let table = match parsed(valid) {
        Ok(table) => table,
        Err(errors) => {
            for error in &errors {
                problems.push(|| place.no_toml(error));
            }
            return settings;
        }
    };
    let mut reader = Reader { place, problems, tasks: Vec::new(), patterns: 0 };
    let settings = reader.top(table.get_ref(), settings);
    let tasks = std::mem::take(&mut reader.tasks);
    in_order(tasks).fold(settings, |settings, task| task.put_on(settings))
}

fn parsed(text: &str) -> Result<Spanned<DeTable<'_>>, Vec<toml::de::Error>> {
    if text.len() > ALL_TOLD {
        return DeTable::parse(text).map_err(|first| vec![first]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() { Ok(table) } else { Err(errors) }
}

/// Returns patterns in the order of the file, then exact names in the order of the file.
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

struct Reader<'a, 'p> {
    place: Place<'a>,
    problems: &'p mut Problems,
    tasks: Vec<Section>,
    /// The number of names with a `*` so far.
    patterns: usize,
}

impl Reader<'_, '_> {
    /// Reports a mistake. Its text is made only if it is shown.
    fn fault(&mut self, path: &[&str], at: usize, fault: impl FnOnce() -> Fault) {
        let Self { place, problems, .. } = self;
        problems.push(|| place.problem(path, at, fault()));
    }

    fn top(&mut self, table: &DeTable<'_>, mut settings: Settings) -> Settings {
        for (key, value) in in_file_order(table) {
            let name: &str = key.get_ref();
            let at = key.span().start;
            match (ServiceOption::named(name), value.get_ref()) {
                (Some(option), _) => {
                    let mut read = Ok(());
                    let raw = raw(value.get_ref());
                    settings =
                        settings.service(|options| read = value::set_option(option, raw.as_raw(), options));
                    if let Err(fault) = read {
                        self.fault(&[name], at, || fault);
                    }
                }
                (None, DeValue::Table(tasks)) if name == TASKS => self.names(tasks, &mut vec![TASKS]),
                (None, other) if name == TASKS => self.fault(&[name], at, || {
                    let what = format!("expected a table for each task, found {}", raw(other).as_raw());
                    (ProblemKind::Type, what)
                }),
                (None, value) => {
                    let is_table = matches!(value, DeValue::Table(_));
                    self.fault(&[name], at, || (ProblemKind::UnknownKey, unknown_option(name, is_table)));
                }
            }
        }
        settings
    }

    /// Reads the tables that are named after tasks or managers.
    fn names<'t>(&mut self, table: &'t DeTable<'_>, path: &mut Vec<&'t str>) {
        for (key, value) in in_file_order(table) {
            path.push(key.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => self.task(inner, path, key.span()),
                other => self.fault(path, key.span().start, || {
                    let found = raw(other);
                    let found = found.as_raw();
                    let what = format!("expected a table with the keys of a task, found {found}");
                    (ProblemKind::Type, what)
                }),
            }
            path.pop();
        }
    }

    /// Reads a table of one task: its keys, and tables of tasks whose names continue here.
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
                (Some(known), value) => {
                    let at = key.span().start;
                    if let (Some(nested), DeValue::Table(inner)) = (Nested::of(known), value) {
                        if let Some(setting) = self.nested(nested, inner, path, at) {
                            settings = settings.set(setting, Some(self.place.origin(path, at)));
                        }
                        path.pop();
                        continue;
                    }
                    match value::task_setting(known, raw(value).as_raw()) {
                        Ok(setting) => settings = settings.set(setting, Some(self.place.origin(path, at))),
                        Err(fault) => self.fault(path, at, || fault),
                    }
                }
                (None, _) => self.fault(path, key.span().start, || {
                    let what = value::unknown_task_key(key.get_ref(), &str::to_owned);
                    (ProblemKind::UnknownKey, what)
                }),
            }
            path.pop();
        }
        // In `[tasks.Manager.poll]`, `tasks.Manager` is not the name of a task.
        if !goes_on || settings != TaskSettings::new() {
            match name_of(&path[1..]) {
                Ok(name) if name.contains('*') && self.patterns == MOST_PATTERNS => {
                    self.fault(path, span.start, || {
                        let what = format!("at most {MOST_PATTERNS} names with `*` are read: write fewer");
                        (ProblemKind::Value, what)
                    });
                }
                Ok(name) => {
                    self.patterns += usize::from(name.contains('*'));
                    let origin = self.place.origin(path, span.start);
                    self.tasks.push(Section { name, at: span.start, origin, settings });
                }
                Err(problem) => {
                    self.fault(path, span.start, || (ProblemKind::Value, problem.to_string()));
                }
            }
        }
    }
}

impl Reader<'_, '_> {
    /// Reads a value that is a table; `None` if it has mistakes. Each part reports its own mistake.
    fn nested<'t>(
        &mut self,
        mut nested: Nested,
        table: &'t DeTable<'_>,
        path: &mut Vec<&'t str>,
        at: usize,
    ) -> Option<TaskSetting> {
        let mut is_sound = true;
        for (key, value) in in_file_order(table) {
            path.push(key.get_ref());
            if let Err(fault) = nested.read(key.get_ref(), raw(value.get_ref()).as_raw()) {
                self.fault(path, key.span().start, || fault);
                is_sound = false;
            }
            path.pop();
        }
        if !is_sound && !nested.misses_a_part() {
            return None;
        }
        match nested.finish() {
            Ok(setting) => is_sound.then_some(setting),
            Err(fault) => {
                self.fault(path, at, || fault);
                None
            }
        }
    }
}

/// Returns the name that the keys below `tasks` spell: a manager's and a task's, where `*` stands for any text.
fn name_of(keys: &[&str]) -> Result<String, NameProblem> {
    const MOST: usize = 2 * name::LONGEST + 1;
    let bytes = keys.iter().map(|key| key.len() + 1).sum::<usize>().saturating_sub(1);
    if bytes > MOST {
        return Err(NameProblem::TooLong { bytes });
    }
    let whole = keys.join(".");
    match name::problem_of_pattern(&whole) {
        Some(problem) if !matches!(problem, NameProblem::TooLong { .. }) => Err(problem),
        _ => Ok(whole),
    }
}

fn in_file_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A value of TOML; a number in another base is owned, because it is converted to a decimal one.
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
        DeValue::Integer(number) if number.radix() == 10 => Raw::Number(number.as_str()),
        DeValue::Integer(number) => {
            // No key takes the largest number, which stands for those that are larger.
            let decimal = u128::from_str_radix(number.as_str(), number.radix()).unwrap_or(u128::MAX);
            return Value::Number(decimal.to_string());
        }
        DeValue::Float(number) => Raw::Number(number.as_str()),
        DeValue::Boolean(value) => Raw::Switch(*value),
        DeValue::Datetime(_) => Raw::Other("a date"),
        DeValue::Array(_) => Raw::Other("an array"),
        DeValue::Table(_) => Raw::Other("a table"),
    })
}

fn unknown_option(name: &str, is_table: bool) -> String {
    if TaskKey::named(name).is_some() {
        return format!(
            "`{name}` is a key of a task: write it below `[tasks.\"NAME\"]`, or `[tasks.\"*\"]` for all"
        );
    }
    let known = ServiceOption::ALL.map(|option| option.name);
    let near = periodic_text::nearest(name, known.into_iter().chain([TASKS]), |known| [known]);
    match near {
        Some(near) => format!("unknown key; did you mean `{near}`?"),
        None if is_table && name.len() <= periodic_text::name::LONGEST => {
            let name = super::quote::key(name);
            format!("unknown table; that of a task called so is `[{TASKS}.{name}]`")
        }
        None => format!("unknown key; expected one of `{}`, or the table `{TASKS}`", known.join("`, `")),
    }
}

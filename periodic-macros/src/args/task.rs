use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{LitInt, Path, Token, Type};

use super::foreign;
use super::list::Arguments;
use super::value::Runs;
use super::value::{Flag, Word};
use super::{Dst, Expression, From, Jitter, Length, Missed, Once, Overlap, Retry, Zone};

/// The arguments of `#[periodic_task(..)]`.
#[derive(Default)]
pub(crate) struct TaskArgs {
    pub(crate) spacing: Once<Length>,
    pub(crate) cron: Once<Expression>,
    pub(crate) tz: Once<Zone>,
    pub(crate) dst: Once<Dst>,
    pub(crate) from: Once<From>,
    pub(crate) align: Once<Flag>,
    pub(crate) run_immediately: Once<Flag>,
    pub(crate) initial_delay: Once<Length>,
    pub(crate) jitter: Once<Jitter>,
    pub(crate) name: Once<String>,
    pub(crate) enabled: Once<bool>,
    pub(crate) external_process_ok: Once<Flag>,
    pub(crate) timeout: Once<Length>,
    pub(crate) retry: Once<Retry>,
    pub(crate) overlap: Once<Overlap>,
    pub(crate) missed: Once<Missed>,
    pub(crate) grace: Once<Length>,
    pub(crate) max_runs: Once<Runs>,
    pub(crate) blocking: Once<Word>,
    pub(crate) inline: Once<Word>,
    pub(crate) manager: Once<Type>,
    pub(crate) periodic: Once<Path>,
}

impl Arguments for TaskArgs {
    const ATTRIBUTE: &'static str = "periodic_task";
    const EXAMPLE: &'static str = "spacing = 60";
    const NAMES: &'static [&'static str] = &[
        "spacing",
        "cron",
        "tz",
        "dst",
        "from",
        "align",
        "run_immediately",
        "initial_delay",
        "jitter",
        "name",
        "enabled",
        "external_process_ok",
        "timeout",
        "retry",
        "overlap",
        "missed",
        "grace",
        "max_runs",
        "blocking",
        "inline",
        "manager",
        "crate",
    ];
    const SYNONYMS: &'static [(&'static str, &'static str)] = &[
        ("every", "spacing"),
        ("interval", "spacing"),
        ("period", "spacing"),
        ("schedule", "cron"),
        ("time_zone", "tz"),
        ("timezone", "tz"),
        ("zone", "tz"),
        ("delay", "initial_delay"),
        ("immediate", "run_immediately"),
        ("immediately", "run_immediately"),
        ("run_at_start", "run_immediately"),
        ("run_on_start", "run_immediately"),
    ];

    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        Some(match key.to_string().as_str() {
            "spacing" => self.spacing.read(key, input),
            "cron" => self.cron.read(key, input),
            "tz" => self.tz.read(key, input),
            "dst" => self.dst.read(key, input),
            "from" => self.from.read(key, input),
            "align" => self.align.read(key, input),
            "run_immediately" => self.run_immediately.read(key, input),
            "initial_delay" => self.initial_delay.read(key, input),
            "jitter" => self.jitter.read(key, input),
            "name" => self.name.read(key, input),
            "enabled" => self.enabled.read(key, input),
            "external_process_ok" => self.external_process_ok.read(key, input),
            "timeout" => self.timeout.read(key, input),
            "retry" => self.retry.read(key, input),
            "overlap" => self.overlap.read(key, input),
            "missed" => self.missed.read(key, input),
            "grace" => self.grace.read(key, input),
            "max_runs" => self.max_runs.read(key, input),
            "blocking" => self.blocking.read(key, input),
            "inline" => self.inline.read(key, input),
            "manager" => self.manager.read(key, input),
            "crate" => self.periodic.read(key, input),
            "scope" => Err(not_yet(key)),
            "ticks_between_runs" => Err(ticks(key, input)),
            _ => return foreign::refused(key, input).map(Err),
        })
    }
}

impl TaskArgs {
    /// Returns the given durations.
    pub(crate) fn lengths(&self) -> Vec<&Length> {
        let jitter = self.jitter.value().and_then(Jitter::length);
        let own =
            [self.spacing.value(), self.initial_delay.value(), self.timeout.value(), self.grace.value()];
        let [first, longest] = self.retry.value().map_or([None, None], Retry::lengths);
        let mut lengths = Vec::new();
        for length in own.into_iter().chain([jitter, first, longest]) {
            lengths.extend(length);
        }
        lengths
    }

    /// Returns the given constants.
    pub(crate) fn constants(&self) -> Vec<&TokenStream> {
        let mut constants = Vec::new();
        for length in self.lengths() {
            constants.extend(length.constant());
        }
        constants.extend(self.cron.value().and_then(Expression::constant));
        constants.extend(self.tz.value().and_then(Zone::constant));
        constants
    }

    /// Whether a flag is given, but not as `false`.
    pub(crate) fn says(flag: &Once<Flag>) -> bool {
        flag.value().is_some_and(|flag| flag.0)
    }
}

fn not_yet(key: &Ident) -> syn::Error {
    syn::Error::new(key.span(), format_args!("`{key}` is not available in this version of `periodic`"))
}

/// Creates the error for `ticks_between_runs`: with 10, a task ran at every eleventh pass of a loop of 60 s.
fn ticks(key: &Ident, input: ParseStream<'_>) -> syn::Error {
    let ticks = input
        .parse::<Token![=]>()
        .and_then(|_| input.parse::<LitInt>())
        .and_then(|literal| literal.base10_parse::<u32>());
    let advice = match ticks {
        Ok(ticks) => {
            let spacing = (u64::from(ticks) + 1) * 60;
            format!("with passes 60 s apart, `ticks_between_runs = {ticks}` means `spacing = {spacing}`")
        }
        Err(_) => "write the time itself, as in `spacing = 600`".into(),
    };
    syn::Error::new(key.span(), format_args!("tasks are not counted in passes of a loop; {advice}"))
}

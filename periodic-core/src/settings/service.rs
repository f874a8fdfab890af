use core::fmt;
use core::time::Duration;

use super::RunSpans;
use crate::spec::Interval;
use crate::time::nanos;

/// The options of a service, under the names of the original.
///
/// The table uses `periodic_enable` and `run_external_periodic_tasks`; the runner uses `periodic_interval_max`,
/// `periodic_precise`, `periodic_run_spans` and `graceful_shutdown_timeout`; the sequential pass uses `periodic_interval_max`. The others are
/// for the service around them.
///
/// # Examples
/// ```
/// use periodic_core::settings::ServiceOptions;
///
/// let options = ServiceOptions::default();
/// let text: Vec<_> = options.entries().map(|(name, value)| format!("{name} = {value}")).collect();
/// assert_eq!(text[1], "periodic_fuzzy_delay = 1m");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[non_exhaustive]
pub struct ServiceOptions {
    /// Whether the service runs its periodic tasks; true by default. If false, all declared tasks are left out.
    pub periodic_enable: bool,
    /// The longest random delay between the start of the service and that of its tasks: 60 s by default, zero for none.
    pub periodic_fuzzy_delay: Duration,
    /// The longest sleep between two readings of the clock: 60 s by default, more than zero.
    pub periodic_interval_max: Duration,
    /// Whether precise timers start tasks; they need Linux and the feature `precise`. False by default.
    pub periodic_precise: bool,
    /// The level of the runs' spans: DEBUG by default.
    pub periodic_run_spans: RunSpans,
    /// The distance of heartbeats: 10 s by default, zero for none.
    pub report_interval: Duration,
    /// The age of its last heartbeat at which a member counts as down: 60 s by default.
    pub service_down_time: Duration,
    /// Whether tasks marked `external_process_ok` run in this process; true by default.
    pub run_external_periodic_tasks: bool,
    /// The time that runs may take after a stop: 60 s by default, zero for no limit.
    pub graceful_shutdown_timeout: Duration,
    /// Whether the options in force are logged at DEBUG when the service starts; true by default.
    pub log_options: bool,
}

impl Default for ServiceOptions {
    fn default() -> Self {
        Self {
            periodic_enable: true,
            periodic_fuzzy_delay: Duration::from_secs(60),
            periodic_interval_max: Duration::from_secs(60),
            periodic_precise: false,
            periodic_run_spans: RunSpans::Debug,
            report_interval: Duration::from_secs(10),
            service_down_time: Duration::from_secs(60),
            run_external_periodic_tasks: true,
            graceful_shutdown_timeout: Duration::from_secs(60),
            log_options: true,
        }
    }
}

impl ServiceOptions {
    /// Returns the mistakes in the options that code has set, each with the correction.
    pub(crate) fn out_of_range(&self) -> impl Iterator<Item = String> {
        let mut options = *self;
        ServiceOption::ALL.into_iter().filter_map(move |option| match option.kind {
            OptionKind::Switch(_) | OptionKind::RunSpans(_) => None,
            OptionKind::Length(place) | OptionKind::PositiveLength(place) => {
                option.out_of_range(nanos(*place(&mut options)))
            }
        })
    }

    /// Returns each option with its value in a settings file, without quotes.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        ServiceOption::ALL.iter().map(|option| (option.name, option.value(self)))
    }
}

/// An option of [`ServiceOptions`], for code that reads or lists them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ServiceOption {
    /// Its name.
    pub name: &'static str,
    /// Its effect, in one line.
    pub about: &'static str,
    /// The kind and the place of its value.
    pub kind: OptionKind,
}

/// The kind of an option's value, and its place.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum OptionKind {
    /// `true` or `false`.
    Switch(fn(&mut ServiceOptions) -> &mut bool),
    /// A duration that may be zero.
    Length(fn(&mut ServiceOptions) -> &mut Duration),
    /// A duration of more than zero.
    PositiveLength(fn(&mut ServiceOptions) -> &mut Duration),
    /// The level of the runs' spans.
    RunSpans(fn(&mut ServiceOptions) -> &mut RunSpans),
}

impl ServiceOption {
    /// All options, in the order in which a file lists them.
    pub const ALL: [Self; 10] = [
        Self {
            name: "periodic_enable",
            about: "Whether the service runs its periodic tasks.",
            kind: OptionKind::Switch(|options| &mut options.periodic_enable),
        },
        Self {
            name: "periodic_fuzzy_delay",
            about: "The periodic tasks start a random time of at most this after the service; 0 for none.",
            kind: OptionKind::Length(|options| &mut options.periodic_fuzzy_delay),
        },
        Self {
            name: "periodic_interval_max",
            about: "The longest sleep between two readings of the clock; more than 0.",
            kind: OptionKind::PositiveLength(|options| &mut options.periodic_interval_max),
        },
        Self {
            name: "periodic_precise",
            about: "Whether tasks are started by precise timers; they need Linux.",
            kind: OptionKind::Switch(|options| &mut options.periodic_precise),
        },
        Self {
            name: "periodic_run_spans",
            about: "The level of the spans of runs: debug, info, or off.",
            kind: OptionKind::RunSpans(|options| &mut options.periodic_run_spans),
        },
        Self {
            name: "report_interval",
            about: "The time between heartbeats; 0 for none.",
            kind: OptionKind::Length(|options| &mut options.report_interval),
        },
        Self {
            name: "service_down_time",
            about: "A member without a heartbeat for longer than this is down.",
            kind: OptionKind::Length(|options| &mut options.service_down_time),
        },
        Self {
            name: "run_external_periodic_tasks",
            about: "Whether tasks marked external_process_ok run in this process.",
            kind: OptionKind::Switch(|options| &mut options.run_external_periodic_tasks),
        },
        Self {
            name: "graceful_shutdown_timeout",
            about: "The time that active runs get after a stop; 0 for no bound.",
            kind: OptionKind::Length(|options| &mut options.graceful_shutdown_timeout),
        },
        Self {
            name: "log_options",
            about: "Whether the options in force are logged at DEBUG when the service starts.",
            kind: OptionKind::Switch(|options| &mut options.log_options),
        },
    ];

    /// Returns the option of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        const ALL: &[ServiceOption] = &ServiceOption::ALL;
        ALL.iter().find(|option| option.name == name)
    }

    /// Returns the mistake in a duration of `nanos` nanoseconds for this option, with the correction; `None` if it is
    /// valid.
    ///
    /// The text is the same for a file, a variable and code.
    ///
    /// # Examples
    /// ```
    /// use periodic_core::settings::ServiceOption;
    ///
    /// let option = ServiceOption::named("periodic_interval_max").unwrap();
    /// assert_eq!(option.out_of_range(0).unwrap(), "`periodic_interval_max` must be longer than zero");
    /// assert_eq!(option.out_of_range(1), None);
    /// ```
    pub fn out_of_range(&self, nanos: i64) -> Option<String> {
        match self.kind {
            OptionKind::PositiveLength(_) if nanos <= 0 => {
                Some(format!("`{}` must be longer than zero", self.name))
            }
            OptionKind::Length(_) if nanos < 0 => {
                Some(format!("`{}` cannot be negative: write 0 or more", self.name))
            }
            _ => None,
        }
    }

    /// Returns its value in a settings file, without quotes.
    pub fn value(&self, options: &ServiceOptions) -> String {
        let mut options = *options;
        match self.kind {
            OptionKind::Switch(place) => place(&mut options).to_string(),
            OptionKind::Length(place) | OptionKind::PositiveLength(place) => {
                Interval::from_duration(*place(&mut options)).to_string()
            }
            OptionKind::RunSpans(place) => place(&mut options).to_string(),
        }
    }
}

impl fmt::Display for ServiceOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries().try_for_each(|(name, value)| writeln!(f, "{name} = {value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_option_stands_for_a_field_of_its_own() {
        for option in ServiceOption::ALL {
            let mut options = ServiceOptions::default();
            match option.kind {
                OptionKind::Switch(place) => {
                    let switch = place(&mut options);
                    *switch = !*switch;
                }
                OptionKind::Length(place) | OptionKind::PositiveLength(place) => {
                    *place(&mut options) = Duration::from_secs(7);
                }
                OptionKind::RunSpans(place) => *place(&mut options) = RunSpans::Off,
            }
            let declared = ServiceOptions::default();
            let changed = options.entries().zip(declared.entries());
            let changed: Vec<_> =
                changed.filter(|(now, before)| now != before).map(|(now, _)| now.0).collect();
            assert_eq!(changed, [option.name]);
        }
    }
}

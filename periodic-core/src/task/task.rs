use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use periodic_text::rules::{Level, Rule};

use super::TaskName;
use super::path::Path;
use crate::schedule::{Calendar, Slot, SlotKind, Spread, UnknownZone, Zone};
use crate::spec::TaskSpec;

/// One task of a table: its full name, its declaration in force, and its place in its manager.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    name: TaskName,
    /// Tasks with equal declarations share one: a fleet may have a million devices.
    spec: Arc<TaskSpec>,
    part: usize,
    path: Path,
    left_out: Option<LeftOut>,
    /// The zone of its schedule, if that has one. It is looked up once, because other callers wait while a scheduler
    /// adds a task.
    zone: Result<Option<Zone>, Box<UnknownZone>>,
}

/// The reason why a task is listed but has no slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// The spacing is negative.
    Negative,
    /// The task is disabled.
    Disabled,
    /// The task is `external_process_ok`, and this process leaves such tasks to another one.
    External,
    /// The settings hold `periodic_enable = false`: this process runs no declared tasks.
    NotEnabled,
}

impl LeftOut {
    fn declared(spec: &TaskSpec) -> Option<Self> {
        if spec.schedule.is_negative() {
            Some(Self::Negative)
        } else {
            (!spec.enabled).then_some(Self::Disabled)
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negative => "its interval is negative",
            Self::Disabled => "it is disabled",
            Self::External => "another process runs the external tasks",
            Self::NotEnabled => "`periodic_enable` is false",
        })
    }
}

impl Task {
    /// Creates a task that is no row of a manager, to be added at run time.
    pub fn new(name: TaskName, spec: TaskSpec) -> Self {
        Self::in_table(name, spec, 0, Path::default(), None)
    }

    /// Creates a row of the manager `part`, left out for the reason of its declaration, or else of its service.
    pub(crate) fn in_table(
        name: TaskName,
        spec: TaskSpec,
        part: usize,
        path: Path,
        by_service: Option<LeftOut>,
    ) -> Self {
        let left_out = LeftOut::declared(&spec).or(by_service);
        let zone = Zone::of(&spec.schedule);
        Self { name, spec: Arc::new(spec), part, path, left_out, zone }
    }

    /// Returns the full name.
    pub fn name(&self) -> &TaskName {
        &self.name
    }

    /// Returns the declaration with the settings applied.
    pub fn spec(&self) -> &TaskSpec {
        &self.spec
    }

    /// Returns the number of its manager in the table, counted from 0; 0 for a task that was added at run time.
    pub fn part(&self) -> usize {
        self.part
    }

    /// Shares the declaration of `other`, if both are equal.
    pub(crate) fn share_spec(&mut self, other: &Self) {
        if self.spec == other.spec {
            self.spec = Arc::clone(&other.spec);
        }
    }

    /// Whether settings gave both the same declaration, and the same reason to be left out.
    #[doc(hidden)]
    pub fn is_configured_as(&self, other: &Self) -> bool {
        self.spec == other.spec && self.left_out == other.left_out
    }

    /// Returns the place of the task for [`PeriodicManager::call`](crate::manager::PeriodicManager::call); empty for a
    /// task that was added at run time.
    pub fn path(&self) -> &[u32] {
        self.path.rows()
    }

    /// Returns the reason why the task has no slots, if it has none.
    pub fn left_out(&self) -> Option<LeftOut> {
        self.left_out
    }

    /// Returns the rules that the declaration breaks with the settings applied: the mistake and the correction of each.
    /// A table refuses a task with any.
    ///
    /// # Examples
    /// ```
    /// use std::time::Duration;
    /// use periodic_core::task::{Task, TaskName, TaskSpec};
    ///
    /// let name = TaskName::new("Manager", "poll")?;
    /// let task = Task::new(name, TaskSpec::new("poll").timeout(Duration::ZERO));
    /// assert_eq!(task.broken_rules(), ["`timeout` must be longer than zero; remove it for no timeout"]);
    /// # Ok::<(), periodic_core::task::NameError>(())
    /// ```
    pub fn broken_rules(&self) -> Vec<&'static str> {
        let broken = Rule::broken_by(self.spec.facts());
        broken.filter(|rule| rule.level() != Level::Unlikely).map(Rule::message).collect()
    }

    /// Returns the same task with another declaration; its zone, and its reason to be left out, are those of
    /// `configured`.
    pub(crate) fn with_spec(&self, spec: TaskSpec, configured: &Self) -> Self {
        Self {
            spec: Arc::new(spec),
            left_out: configured.left_out,
            zone: configured.zone.clone(),
            ..self.clone()
        }
    }

    /// Returns the slots of a cron schedule on a node of this name; `None` for other schedules, and if the zone is
    /// unknown. Only with the feature `cron`.
    #[cfg(feature = "cron")]
    pub fn calendar(&self, node: &str) -> Option<Calendar> {
        self.calendar_of(node)
    }

    pub(crate) fn calendar_of(&self, node: &str) -> Option<Calendar> {
        Calendar::of(&self.spec.schedule, self.zone(), Spread::seed(self.name.as_str(), node))
    }

    /// Returns the zone of its schedule, if it has one that is known.
    pub(crate) fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref().ok()?.as_ref()
    }

    /// Returns the distance from `slot` to the schedule's next slot, on a node of this name.
    ///
    /// For a slot beside a cron schedule, it is the distance between the schedule's slots around it. Returns `None` if
    /// there is no next slot.
    pub fn distance_after(&self, slot: Slot, node: &str) -> Option<Duration> {
        if let Some(spacing) = self.spec.schedule.spacing() {
            return Some(spacing.as_duration());
        }
        let calendar = self.calendar_of(node)?;
        let next = calendar.next_after(slot.scheduled)?;
        let from = match slot.kind {
            SlotKind::Scheduled => slot.scheduled,
            SlotKind::Extra | SlotKind::Manual(_) => calendar.prev_before(next).unwrap_or(slot.scheduled),
        };
        u64::try_from(next.as_nanos().saturating_sub(from.as_nanos())).ok().map(Duration::from_nanos)
    }

    /// Returns the error of the schedule's zone, if the zone is unknown. Only with the feature `cron`.
    ///
    /// The zone was looked up when the task was created.
    #[cfg(feature = "cron")]
    pub fn unknown_zone(&self) -> Option<UnknownZone> {
        self.zone.as_ref().err().map(|unknown| UnknownZone::clone(unknown))
    }

    /// Returns the same task with another spacing.
    pub(crate) fn with_interval(&self, interval: crate::spec::Interval) -> Self {
        Self {
            spec: Arc::new(TaskSpec { schedule: self.spec.schedule.with_interval(interval), ..*self.spec }),
            ..self.clone()
        }
    }
}

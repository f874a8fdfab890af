//! The JSON of requests and answers.

use std::fmt;

use periodic_core::time::Timestamp;
use periodic_runtime::service::ServiceIdentity;
use periodic_text::{LONGEST_TEXT, bounded, escaped};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::remotable::{CallError, CallErrorKind};
use crate::{Capabilities, ClockSource, MemberChange, MembershipError, MembershipErrorKind, Watching};

/// The default port of a conductor.
pub(super) const PORT: u16 = 8_774;

/// The most bytes of a request, and of an answer.
pub(super) const REQUEST: usize = 1 << 20;
pub(super) const ANSWER: usize = 16 << 20;

/// The most causes of an error that are sent.
const MOST_CAUSES: usize = 16;

/// Returns an error's text for the other side's log, or from the other side: on one line, and cut after 8 KiB.
pub(super) fn harmless(text: impl fmt::Display) -> String {
    let text = bounded(LONGEST_TEXT, format_args!("{text}"));
    escaped(&text).to_string()
}

/// The paths, all for `POST`.
pub(super) mod path {
    pub(crate) const PING: &str = "/v1/ping";
    pub(crate) const RECORD: &str = "/v1/record";
    pub(crate) const JOIN: &str = "/v1/join";
    pub(crate) const BEAT: &str = "/v1/beat";
    pub(crate) const LEAVE: &str = "/v1/leave";
    pub(crate) const DUPLICATE: &str = "/v1/duplicate";
    pub(crate) const MEMBERS: &str = "/v1/members";
    pub(crate) const FORCE_DOWN: &str = "/v1/force_down";
    pub(crate) const WATCH: &str = "/v1/watch";
    pub(crate) const OBJECT: &str = "/v1/object";
}

#[derive(Serialize, Deserialize)]
pub(super) struct Service {
    host: String,
    binary: String,
    topic: String,
    pid: u32,
    run: u64,
}

impl From<&ServiceIdentity> for Service {
    fn from(service: &ServiceIdentity) -> Self {
        let ServiceIdentity { host, binary, topic, pid, run, .. } = service.clone();
        Self { host, binary, topic, pid, run }
    }
}

impl From<Service> for ServiceIdentity {
    fn from(service: Service) -> Self {
        let mut identity = Self::new(service.host, service.binary);
        (identity.topic, identity.pid, identity.run) = (service.topic, service.pid, service.run);
        identity
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ForceDown {
    pub(super) host: String,
    pub(super) service: String,
    pub(super) down: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // as in `Capabilities`
pub(super) struct Can {
    pushes: bool,
    force_down: bool,
    durable: bool,
    engine_clock: bool,
    advisory: bool,
}

impl From<Capabilities> for Can {
    fn from(can: Capabilities) -> Self {
        Self {
            pushes: can.watch == Watching::Pushed,
            force_down: can.force_down,
            durable: can.durable,
            engine_clock: can.clock == ClockSource::Engine,
            advisory: can.advisory,
        }
    }
}

impl From<Can> for Capabilities {
    fn from(can: Can) -> Self {
        Self {
            watch: if can.pushes { Watching::Pushed } else { Watching::Polled },
            force_down: can.force_down,
            durable: can.durable,
            clock: if can.engine_clock { ClockSource::Engine } else { ClockSource::Local },
            advisory: can.advisory,
            // A conductor serves no other engine.
            ends_silent: true,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Member {
    host: String,
    service: String,
    topic: String,
    process: Option<Process>,
    created_at: i64,
    last_seen: Option<i64>,
    report_count: u64,
    forced_down: bool,
    sign: Sign,
}

/// A process id, and the random number of the process.
#[derive(Serialize, Deserialize)]
pub(super) struct Process(u32, u64);

impl From<crate::Process> for Process {
    fn from(process: crate::Process) -> Self {
        Self(process.pid, process.run)
    }
}

impl From<Process> for crate::Process {
    fn from(Process(pid, run): Process) -> Self {
        Self { pid, run }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sign {
    Heartbeat { age: i64 },
    Present,
    Absent,
}

impl From<crate::Member> for Member {
    fn from(member: crate::Member) -> Self {
        Self {
            host: member.host,
            service: member.binary,
            topic: member.topic,
            process: member.process.map(Process::from),
            created_at: member.created_at.as_nanos(),
            last_seen: member.last_seen.map(Timestamp::as_nanos),
            report_count: member.report_count,
            forced_down: member.forced_down,
            sign: match member.presence {
                crate::Presence::Heartbeat { age } => Sign::Heartbeat { age },
                crate::Presence::Present => Sign::Present,
                crate::Presence::Absent => Sign::Absent,
            },
        }
    }
}

impl From<Member> for crate::Member {
    fn from(member: Member) -> Self {
        Self {
            host: member.host,
            binary: member.service,
            topic: member.topic,
            process: member.process.map(crate::Process::from),
            created_at: Timestamp::from_nanos(member.created_at),
            last_seen: member.last_seen.map(Timestamp::from_nanos),
            report_count: member.report_count,
            forced_down: member.forced_down,
            presence: match member.sign {
                Sign::Heartbeat { age } => crate::Presence::Heartbeat { age },
                Sign::Present => crate::Presence::Present,
                Sign::Absent => crate::Presence::Absent,
            },
        }
    }
}

/// One line of a watch.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WireChange {
    Joined(Member),
    Left(Member),
    Updated(Member),
    Failed(WireError),
}

impl From<Result<MemberChange, MembershipError>> for WireChange {
    fn from(told: Result<MemberChange, MembershipError>) -> Self {
        match told {
            Ok(MemberChange::Joined(member)) => Self::Joined(member.into()),
            Ok(MemberChange::Left(member)) => Self::Left(member.into()),
            Ok(MemberChange::Updated(member)) => Self::Updated(member.into()),
            Err(error) => Self::Failed(WireError::of(&error)),
        }
    }
}

impl From<WireChange> for Result<MemberChange, MembershipError> {
    fn from(told: WireChange) -> Self {
        Ok(match told {
            WireChange::Joined(member) => MemberChange::Joined(member.into()),
            WireChange::Left(member) => MemberChange::Left(member.into()),
            WireChange::Updated(member) => MemberChange::Updated(member.into()),
            WireChange::Failed(failure) => return Err(failure.into()),
        })
    }
}

/// A [`MembershipError`].
#[derive(Serialize, Deserialize)]
pub(super) struct WireError {
    kind: String,
    pub(super) text: String,
    /// The texts of its causes, the nearest first.
    causes: Vec<String>,
}

const KINDS: [(MembershipErrorKind, &str); 7] = [
    (MembershipErrorKind::Url, "url"),
    (MembershipErrorKind::Name, "name"),
    (MembershipErrorKind::Unavailable, "unavailable"),
    (MembershipErrorKind::Store, "store"),
    (MembershipErrorKind::Unknown, "unknown"),
    (MembershipErrorKind::NotJoined, "not_joined"),
    (MembershipErrorKind::NotOffered, "not_offered"),
];

impl WireError {
    pub(super) fn of(error: &MembershipError) -> Self {
        let kind = KINDS.iter().find(|(kind, _)| *kind == error.kind()).map_or("store", |(_, name)| name);
        let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
        Self {
            kind: kind.to_owned(),
            text: harmless(error),
            causes: causes.take(MOST_CAUSES).map(harmless).collect(),
        }
    }

    pub(super) fn new(kind: MembershipErrorKind, text: impl Into<String>) -> Self {
        Self::of(&MembershipError::new(kind, text))
    }
}

impl From<WireError> for MembershipError {
    fn from(failure: WireError) -> Self {
        // A newer conductor may know kinds that this version does not.
        let known = KINDS.iter().find(|(_, name)| *name == failure.kind);
        let kind = known.map_or(MembershipErrorKind::Store, |(kind, _)| *kind);
        let error = Self::new(kind, harmless(&failure.text));
        let causes: Vec<String> = failure.causes.iter().take(MOST_CAUSES).map(harmless).collect();
        if causes.is_empty() { error } else { error.caused_by(causes.join(": ")) }
    }
}

/// A call of an object's method; without fields, of a function of its type.
#[derive(Serialize, Deserialize)]
pub(crate) struct ObjectCall {
    pub(crate) object: String,
    pub(crate) method: String,
    pub(crate) fields: Option<Map<String, Value>>,
    pub(crate) arguments: Value,
}

/// The result of a call, and the fields that it has changed.
#[derive(Serialize, Deserialize)]
pub(crate) struct ObjectAnswer {
    pub(crate) result: Value,
    pub(crate) changed: Map<String, Value>,
    /// Fields that are no longer written.
    pub(crate) removed: Vec<String>,
}

/// A [`CallError`].
#[derive(Serialize, Deserialize)]
pub(crate) struct Failed {
    /// Whether the method has not run.
    refused: bool,
    text: String,
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Self {
        Self { refused: error.kind() == CallErrorKind::Refused, text: harmless(&error) }
    }
}

impl From<Failed> for CallError {
    fn from(failed: Failed) -> Self {
        let kind = if failed.refused { CallErrorKind::Refused } else { CallErrorKind::Failed };
        Self::new(kind, harmless(&failed.text))
    }
}

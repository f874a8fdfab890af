//! The output about a fleet.

use std::collections::HashMap;
use std::time::SystemTime;

use periodic::cluster::{Member, ServiceGroup};
use periodic::time::Timestamp;
use serde_json::{Value, json};

/// The state of each member that was last printed, by host and service.
#[derive(Debug, Default)]
pub(crate) struct Fleet(HashMap<(String, String), &'static str>);

impl Fleet {
    /// Returns a line about a member if its state is new; heartbeats change nothing.
    pub(crate) fn news(&mut self, group: &ServiceGroup, member: &Member) -> Option<String> {
        let state = state(group, member);
        let before = self.0.insert((member.host.clone(), member.binary.clone()), state);
        // The start of a state that began before this program is unknown.
        let since = before.map(|_| Timestamp::from(SystemTime::now()));
        (before != Some(state)).then(|| line(member, state, since))
    }
}

pub(crate) fn head() -> String {
    row(["HOST", "SERVICE", "STATE", "SINCE", "LAST SEEN"])
}

/// Returns the fleet as a table.
pub(crate) fn written(group: &ServiceGroup, members: &[Member]) -> String {
    let lines = members.iter().map(|member| line(member, state(group, member), None));
    std::iter::once(head()).chain(lines).map(|line| line + "\n").collect()
}

/// Returns the fleet as an array.
pub(crate) fn json(group: &ServiceGroup, members: &[Member]) -> Value {
    let object = |member: &Member| {
        json!({
            "host": member.host,
            "service": member.binary,
            "topic": member.topic,
            "up": group.is_up(member),
            "forced_down": member.forced_down,
            "report_count": member.report_count,
            "created_at": member.created_at.to_string(),
            "last_seen": member.last_seen.map(|seen| seen.to_string()),
        })
    };
    members.iter().map(object).collect()
}

fn state(group: &ServiceGroup, member: &Member) -> &'static str {
    match (group.is_up(member), member.forced_down) {
        (true, _) => "up",
        (false, true) => "forced down",
        (false, false) => "down",
    }
}

fn line(member: &Member, state: &str, since: Option<Timestamp>) -> String {
    let time = |time: Option<Timestamp>| time.map_or("-".into(), |time| time.to_millis().to_string());
    row([&member.host, &member.binary, state, &time(since), &time(member.last_seen)])
}

fn row([host, service, state, since, seen]: [&str; 5]) -> String {
    format!("{host:<20} {service:<20} {state:<12} {since:<25} {seen}").trim_end().to_owned()
}

use std::time::Duration;

use periodic::time::Timestamp;
use periodic_cluster::{Member, Presence, is_up};
use serde::Deserialize;

use super::seconds::Seconds;
use super::vector::Vector;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    down_time: u64,
    last_seen_up_offset: Option<Seconds>,
    created_at_offset: Seconds,
    up: bool,
}

impl Vector for Row {
    fn replay(&self) -> Result<(), String> {
        let now = Timestamp::from_secs(1_000_000);
        let at = |offset: Seconds| Timestamp::from_nanos(now.as_nanos() + offset.interval().as_nanos());
        let (created_at, last_seen) = (at(self.created_at_offset), self.last_seen_up_offset.map(at));
        let age = now.as_nanos() - last_seen.unwrap_or(created_at).as_nanos();
        let mut member = Member::new("fake-host", "compute", "compute", Presence::Heartbeat { age });
        (member.created_at, member.last_seen) = (created_at, last_seen);
        let here = is_up(&member, Duration::from_secs(self.down_time));
        if here == self.up { Ok(()) } else { Err(format!("here {here}")) }
    }
}

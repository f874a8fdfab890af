use std::time::Duration;

use crate::{Member, Presence};

/// Whether a member is up.
///
/// A member that an operator has forced down is not up. Otherwise the engine decides, if it reports `Presence::Present` or
/// `Presence::Absent`. Otherwise the last heartbeat must be at most `down_time` away, in either direction: a heartbeat
/// further in the future comes from a wrong clock.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use periodic_cluster::{Member, Presence, is_up};
///
/// fn at(member: &Member, seconds: i64) -> bool {
///     let presence = Presence::Heartbeat { age: seconds * 1_000_000_000 };
///     is_up(&Member { presence, ..member.clone() }, Duration::from_secs(60))
/// }
///
/// # let member = Member {
/// #     host: "node-1".into(), binary: "nova-compute".into(), topic: "compute".into(), process: None,
/// #     created_at: Default::default(), last_seen: None, report_count: 0, forced_down: false, presence: Presence::Absent,
/// # };
/// assert!(at(&member, 60) && at(&member, -60));
/// assert!(!at(&member, 61) && !at(&member, -61));
/// let forced = Member { forced_down: true, ..member };
/// assert!(!at(&forced, 0));
/// ```
pub fn is_up(member: &Member, down_time: Duration) -> bool {
    !member.forced_down
        && match member.presence {
            Presence::Heartbeat { age } => u128::from(age.unsigned_abs()) <= down_time.as_nanos(),
            Presence::Present => true,
            Presence::Absent => false,
        }
}

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
/// fn seen(seconds: i64) -> Member {
///     let presence = Presence::Heartbeat { age: seconds * 1_000_000_000 };
///     Member::new("node-1", "nova-compute", "compute", presence)
/// }
///
/// let down_time = Duration::from_secs(60);
/// assert!(is_up(&seen(60), down_time) && is_up(&seen(-60), down_time));
/// assert!(!is_up(&seen(61), down_time) && !is_up(&seen(-61), down_time));
///
/// let mut forced = seen(0);
/// forced.forced_down = true;
/// assert!(!is_up(&forced, down_time));
/// ```
pub fn is_up(member: &Member, down_time: Duration) -> bool {
    !member.forced_down
        && match member.presence {
            Presence::Heartbeat { age } => u128::from(age.unsigned_abs()) <= down_time.as_nanos(),
            Presence::Present => true,
            Presence::Absent => false,
        }
}

//! Task groups: limits, members that use their own group, failures, owners. What the original's own tests show is
//! in `upstream::threadgroup`.

mod ends;
mod inside;
mod limit;
mod owners;

use std::time::Duration;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

//! Task groups: limits, entries that use their own group, failures, owners. The cases of the original's own tests are
//! in `upstream::threadgroup`.

mod ends;
mod inside;
mod limit;
mod owners;

use std::time::Duration;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

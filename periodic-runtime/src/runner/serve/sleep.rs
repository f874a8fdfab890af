use periodic_core::time::Instant;

use super::timer::{Moment, Timer};
use crate::runner::state::round::Round;
use crate::runner::state::shared::Shared;

/// Sleeps until `wake_at`, or until a control call or the end of a run wakes the loop. With a watchdog it sleeps no
/// longer than that allows.
pub(super) async fn sleep(shared: &Shared, timer: &mut Timer, round: &Round, wake_at: Instant) {
    let since = Moment::at(shared.now_after(round.read).boot);
    let length = shared.liveness.at_most(since.until(wake_at));
    if !length.is_zero() {
        tokio::select! {
            () = timer.sleep(since, length, round.is_busy()) => {}
            () = shared.wake.notified() => {}
        }
    }
}

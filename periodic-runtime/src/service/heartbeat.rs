use std::sync::Arc;
use std::time::Duration;

use periodic_core::settings::ServiceOptions;
use periodic_core::task::Interval;
use tokio::time::Instant;
use tracing::{info, warn};

use super::down_time;
use super::registry::RegistryCall;
use super::state::ServiceState;
use crate::boxed::{BoxError, into_text};
use crate::catch_panic::catch_subscriber;

/// The delay of the first heartbeat, unless members are down by then: a service that fails soon after its start must
/// not count as up.
const FIRST: Duration = Duration::from_secs(5);

/// The longest interval of heartbeats. A longer one counts as this, so that adding it to a time cannot overflow.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Sends heartbeats until it is dropped. Runs in a task of its own, so that no other work delays it.
pub(super) async fn beats(state: Arc<ServiceState>) {
    let mut lost: Option<Lost> = None;
    let mut next = Instant::now() + first(&state.handle.options());
    loop {
        tokio::time::sleep_until(next).await;
        // Read each time, because a reload may change it.
        let interval = state.handle.options().report_interval.min(LONGEST);
        if interval.is_zero() {
            state.handle.until_options(|options| !options.report_interval.is_zero()).await;
            next = Instant::now();
            continue;
        }
        let sent = Instant::now();
        match beat(&state, interval).await {
            Ok(()) => {
                if let Some(lost) = lost.take() {
                    lost.recovered(&state);
                }
            }
            Err(cause) => {
                let cause = into_text(cause);
                lost.get_or_insert_with(|| Lost::begin(&state, sent, &cause)).beats += 1;
            }
        }
        next = (next + interval).max(Instant::now());
    }
}

fn first(options: &ServiceOptions) -> Duration {
    if down_time(options) > FIRST { FIRST } else { options.report_interval.min(FIRST) }
}

/// Sends one heartbeat, which ends before the next is due.
async fn beat(state: &ServiceState, interval: Duration) -> Result<(), BoxError> {
    let most = interval * 4 / 5;
    match tokio::time::timeout(most, state.ask(RegistryCall::Beat)).await {
        Ok(end) => end,
        Err(_) => Err(format!("no answer within {most:?}").into()),
    }
}

/// A time without successful heartbeats.
struct Lost {
    since: Instant,
    beats: u64,
}

impl Lost {
    fn begin(state: &ServiceState, since: Instant, cause: &str) -> Self {
        let service = &state.identity;
        catch_subscriber(|| warn!(%service, cause, "a heartbeat failed; the next is sent at its time"));
        Self { since, beats: 0 }
    }

    fn recovered(self, state: &ServiceState) {
        let lasted = Interval::from_duration(Duration::from_millis(
            u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX),
        ));
        let (service, lost) = (&state.identity, self.beats);
        catch_subscriber(|| info!(%service, %lasted, lost, "heartbeats succeed again"));
    }
}

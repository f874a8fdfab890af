use std::sync::Arc;

use tracing::{debug, info, warn};

use super::endpoint::Endpoints;
use super::heartbeat;
use super::hooks::Hook;
use super::registry::RegistryCall;
use super::state::ServiceState;
use super::time_budget::TimeBudget;
use super::{StartStep, down_time};
use crate::Error;
use crate::boxed::{BoxError, Boxed, into_text};
use crate::catch_panic::catch_subscriber;
use crate::error::Reason;
use crate::owned::Owned;

/// The progress of a service's start, with everything that a stop takes back. Dropping it ends the endpoints and the
/// heartbeat.
pub(super) struct Started {
    pub(super) state: Arc<ServiceState>,
    pub(super) endpoints: Endpoints,
    heartbeat: Option<Owned<()>>,
    /// The last completed step.
    done: Option<StartStep>,
    /// Whether the registry was asked to make the service a member. It may have done so without an answer.
    asked_to_join: bool,
}

impl Started {
    pub(super) fn nothing(state: Arc<ServiceState>, endpoints: Endpoints) -> Self {
        Self { state, endpoints, heartbeat: None, done: None, asked_to_join: false }
    }

    /// Takes all steps of the start but the periodic tasks.
    ///
    /// # Cancel safety
    /// Dropping the future drops the current step; the steps before it can be taken back.
    pub(super) async fn start(&mut self) -> Result<(), Error> {
        let state = Arc::clone(&self.state);
        self.step(StartStep::InitHost, state.hook(Hook::InitHost)).await?;
        self.step(StartStep::Record, Box::pin(bounded(&state, RegistryCall::Record))).await?;
        self.step(StartStep::PreStart, state.hook(Hook::PreStart)).await?;
        self.endpoints.start();
        self.done = Some(StartStep::Endpoints);
        // Lets each endpoint run once, so that one that fails immediately ends the start here.
        let begun = async {
            tokio::task::yield_now().await;
            Ok(())
        };
        self.step(StartStep::Endpoints, Box::pin(begun)).await?;
        self.step(StartStep::PostStart, state.hook(Hook::PostStart)).await?;
        self.asked_to_join = state.registry.is_some();
        self.step(StartStep::Join, Box::pin(bounded(&state, RegistryCall::Join))).await?;
        if state.registry.is_some() {
            self.heartbeat = Some(Owned::spawn(heartbeat::beats(Arc::clone(&state))));
        }
        catch_subscriber(|| info!(service = %state.identity, "the service is up"));
        Ok(())
    }

    async fn step(&mut self, step: StartStep, work: Boxed<'_, Result<(), BoxError>>) -> Result<(), Error> {
        let service = self.state.identity.to_string();
        catch_subscriber(|| debug!(service, %step, "the service starts"));
        tokio::select! {
            biased;
            end = work => match end {
                Ok(()) => {
                    self.done = Some(step);
                    Ok(())
                }
                Err(cause) => Err(Reason::Start { service, step, cause }.into()),
            },
            (endpoint, cause) = self.endpoints.ended() => {
                Err(Reason::Endpoint { service, endpoint, cause }.into())
            }
        }
    }

    /// Takes back the completed steps, the last one first. Returns the names of the parts that did not end in time.
    pub(super) async fn take_back(&mut self, budget: &TimeBudget<'_>) -> Vec<String> {
        let state = Arc::clone(&self.state);
        let mut cut = Vec::new();
        // The heartbeat ends after the runs, because it may keep their claims.
        self.heartbeat = None;
        if std::mem::take(&mut self.asked_to_join) {
            // An endless grace time is for runs; a registry that does not answer must not hold the process.
            let budget = budget.at_most(down_time(&state.handle.options()));
            part(&state, &budget, "leaving the membership", state.ask(RegistryCall::Leave), &mut cut).await;
        }
        if self.done >= Some(StartStep::PostStart) {
            let hook = state.hook(Hook::GracefulShutdown(budget.left()));
            part(&state, budget, "`graceful_shutdown`", hook, &mut cut).await;
        }
        cut.append(&mut self.endpoints.stop(budget).await);
        if self.done >= Some(StartStep::InitHost) {
            part(&state, budget, "`cleanup_host`", state.hook(Hook::CleanupHost), &mut cut).await;
        }
        self.done = None;
        cut
    }
}

/// Runs one part of a stop. A failure is logged, a part that takes too long is cut, and neither interrupts the stop.
async fn part(
    state: &ServiceState,
    budget: &TimeBudget<'_>,
    what: &str,
    work: Boxed<'_, Result<(), BoxError>>,
    cut: &mut Vec<String>,
) {
    let service = &state.identity;
    match budget.within(work).await {
        Some(Ok(())) => {}
        Some(Err(cause)) => {
            let cause = into_text(cause);
            catch_subscriber(|| warn!(%service, cause, "{what} failed"));
        }
        None => {
            catch_subscriber(|| warn!(%service, "{what} did not end in time and was cut"));
            cut.push(what.into());
        }
    }
}

/// Calls the registry; one that does not answer within the down time counts as failed.
async fn bounded(state: &ServiceState, ask: RegistryCall) -> Result<(), BoxError> {
    let most = down_time(&state.handle.options());
    match tokio::time::timeout(most, state.ask(ask)).await {
        Ok(end) => end,
        Err(_) => Err(format!("the registry did not answer within {most:?}").into()),
    }
}

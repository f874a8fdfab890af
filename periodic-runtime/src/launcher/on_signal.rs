//! The effect of each signal on the process: SIGTERM and SIGINT stop it, a second one ends it at once, SIGHUP reloads.

use tracing::{error, info};

use super::Exit;
use super::listen::SignalRequest;
use super::reload::reload;
use super::supervisor::{Phase, Supervisor};
use super::systemd::Say;
use crate::catch_panic::catch_subscriber;
use crate::owned::Owned;

impl Supervisor {
    /// Stops the services, or reads the settings again; returns the exit if the process is to end at once.
    pub(super) fn on_signal(&mut self, request: SignalRequest) -> Option<Exit> {
        match request {
            SignalRequest::Stop(signal) => {
                if !matches!(self.phase, Phase::Stopping(_)) {
                    catch_subscriber(|| info!(signal, "a signal stops the process"));
                }
                self.stop();
            }
            SignalRequest::EndAtOnce(signal) => {
                let going = self.services.going().join(", ");
                catch_subscriber(|| error!(signal, going, "a second signal ends the process at once"));
                return Some(Exit::Signal(signal));
            }
            SignalRequest::Reload => {
                catch_subscriber(|| info!("a signal reloads the settings"));
                self.systemd.say(Say::Reloading);
                self.reloading = Some(Owned::spawn_on(reload(self.services.controls()), &self.workers));
            }
        }
        None
    }
}

use hyper::StatusCode;
use periodic_runtime::service::ServiceIdentity;

use super::ServerState;
use super::processes::OF_A_HOST;
use super::refusal::Refusal;
use super::response::{Answer, json, listed};
use crate::Record;
use crate::any_membership::Ask;
use crate::conductor::token::Caller;
use crate::conductor::wire::{self, Can, path};

impl ServerState {
    /// Answers a call about members; `None` for an unknown path.
    pub(super) async fn members(
        &self,
        caller: &Caller,
        asked: &str,
        body: &[u8],
    ) -> Result<Option<Answer>, Refusal> {
        let ask = match asked {
            path::PING => return ok(&Can::from(self.driver.capabilities())),
            path::MEMBERS => {
                return Ok(Some(listed(self.listing.read(&*self.driver).await?)));
            }
            path::FORCE_DOWN => {
                let asked: wire::ForceDown = serde_json::from_slice(body)?;
                // A host that was forced down must not be able to undo that.
                if *caller != Caller::Operator {
                    let why =
                        format!("this token speaks for {caller}: forcing down needs a token for every host");
                    return Err(Refusal::Forbidden(why));
                }
                self.driver.force_down(&asked.host, &asked.service, asked.down).await?;
                return ok(&());
            }
            path::RECORD => {
                let service = service(caller, body)?;
                self.recorded.admit(caller, &service.binary).map_err(|most| {
                    let why = format!(
                        "this token speaks for {caller}, which already has {most} services, the most allowed"
                    );
                    Refusal::Forbidden(why)
                })?;
                let record = self.driver.record(&service).await?;
                return ok(&(record == Record::Created));
            }
            path::DUPLICATE => {
                let other = self.driver.duplicate(&service(caller, body)?).await?;
                return ok(&other.map(wire::Process::from));
            }
            path::JOIN => Ask::Join,
            path::BEAT => Ask::Beat,
            path::LEAVE => Ask::Leave,
            _ => return Ok(None),
        };
        let service = service(caller, body)?;
        self.processes.admit(caller, &service).map_err(|wait| {
            let why = format!(
                "this token speaks for {caller}, which named {OF_A_HOST} processes within a down time, the most \
                 allowed: start fewer processes, or wait for {wait:?}"
            );
            Refusal::Forbidden(why)
        })?;
        self.driver.ask(ask, &service).await?;
        ok(&())
    }
}

#[allow(clippy::unnecessary_wraps)] // every way of `members` ends in it
fn ok(value: &impl serde::Serialize) -> Result<Option<Answer>, Refusal> {
    Ok(Some(json(StatusCode::OK, value)))
}

/// Returns the service of a call, if the caller speaks for its host.
fn service(caller: &Caller, body: &[u8]) -> Result<ServiceIdentity, Refusal> {
    let service = ServiceIdentity::from(serde_json::from_slice::<wire::Service>(body)?);
    if caller.speaks_for(&service.host) {
        return Ok(service);
    }
    let host = periodic_text::quoted(&service.host);
    Err(Refusal::Forbidden(format!("this token speaks for {caller}, not for host `{host}`")))
}

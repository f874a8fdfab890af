use hyper::StatusCode;
use periodic_runtime::service::ServiceIdentity;

use super::Parts;
use super::answer::{Answer, json};
use crate::conductor::wire::{self, Can, path};
use crate::group::Ask;
use crate::{MembershipError, Record};

/// Why a call about members has no result.
pub(super) enum Trouble {
    /// What was sent is not what the call takes.
    Unreadable(serde_json::Error),
    Engine(MembershipError),
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<MembershipError> for Trouble {
    fn from(error: MembershipError) -> Self {
        Self::Engine(error)
    }
}

impl Parts {
    /// `None` if there is no such path.
    pub(super) async fn members(&self, asked: &str, body: &[u8]) -> Result<Option<Answer>, Trouble> {
        let ask = match asked {
            path::PING => return ok(&Can::from(self.driver.capabilities())),
            path::MEMBERS => {
                let members = self.driver.members().await?;
                return ok(&members.into_iter().map(wire::Member::from).collect::<Vec<_>>());
            }
            path::FORCE_DOWN => {
                let asked: wire::ForceDown = serde_json::from_slice(body)?;
                self.driver.force_down(&asked.host, &asked.service, asked.down).await?;
                return ok(&());
            }
            path::RECORD => {
                let record = self.driver.record(&service(body)?).await?;
                return ok(&(record == Record::Created));
            }
            path::JOIN => Ask::Join,
            path::BEAT => Ask::Beat,
            path::LEAVE => Ask::Leave,
            _ => return Ok(None),
        };
        self.driver.ask(ask, &service(body)?).await?;
        ok(&())
    }
}

#[allow(clippy::unnecessary_wraps)] // every way of `members` ends in it
fn ok(value: &impl serde::Serialize) -> Result<Option<Answer>, Trouble> {
    Ok(Some(json(StatusCode::OK, value)))
}

fn service(body: &[u8]) -> Result<ServiceIdentity, serde_json::Error> {
    serde_json::from_slice::<wire::Service>(body).map(ServiceIdentity::from)
}

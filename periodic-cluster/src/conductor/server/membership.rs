use hyper::StatusCode;
use periodic_runtime::service::ServiceIdentity;
use serde::de::DeserializeOwned;

use super::Parts;
use super::answer::{Answer, json};
use crate::conductor::wire::{self, Can, path};
use crate::group::Ask;
use crate::{MembershipError, MembershipErrorKind, Record};

impl Parts {
    /// `None` if there is no such path.
    pub(super) async fn members(&self, asked: &str, body: &[u8]) -> Result<Option<Answer>, MembershipError> {
        let ask = match asked {
            path::PING => return ok(&Can::from(self.driver.capabilities())),
            path::MEMBERS => {
                let members = self.driver.members().await?;
                return ok(&members.into_iter().map(wire::Member::from).collect::<Vec<_>>());
            }
            path::FORCE_DOWN => {
                let asked: wire::ForceDown = read(body)?;
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
fn ok(value: &impl serde::Serialize) -> Result<Option<Answer>, MembershipError> {
    Ok(Some(json(StatusCode::OK, value)))
}

fn service(body: &[u8]) -> Result<ServiceIdentity, MembershipError> {
    read::<wire::Service>(body).map(ServiceIdentity::from)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, MembershipError> {
    serde_json::from_slice(body).map_err(|error| {
        let text = "the request is not what this version of the conductor expects";
        MembershipError::new(MembershipErrorKind::Store, text).caused_by(error)
    })
}

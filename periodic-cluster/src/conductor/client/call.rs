use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Request, Response, StatusCode};
use periodic_runtime::boxed::BoxError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Client;
use super::link::{Link, Lost};
use crate::conductor::body::{Unread, whole};
use crate::conductor::json;
use crate::conductor::wire::{self, WireError};
use crate::{MembershipError, MembershipErrorKind};

/// The longest time for a call about members.
pub(super) const BOUND: Duration = Duration::from_secs(10);

impl Client {
    /// Returns the conductor's answer, within `bound`.
    pub(super) async fn call<T: DeserializeOwned + Send + 'static>(
        &self,
        path: &str,
        body: &impl Serialize,
        bound: Duration,
    ) -> Result<T, MembershipError> {
        let request = self.request(path, body)?;
        let asked = async {
            let (link, answer) = self.send(request).await?;
            let status = answer.status();
            let body = self.read(answer).await?;
            *self.place.idle() = Some(link);
            self.understood(status, body).await
        };
        match tokio::time::timeout(bound, asked).await {
            Ok(end) => end,
            Err(_) => Err(self.away(&format!("did not answer within {bound:?}"))),
        }
    }

    pub(super) fn request(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Request<Full<Bytes>>, MembershipError> {
        let body = serde_json::to_vec(body)
            .map_err(|error| self.nonsense("cannot be sent this").caused_by(error))?;
        if body.len() > wire::REQUEST {
            return Err(self.nonsense(&format!("accepts requests of at most {} bytes", wire::REQUEST)));
        }
        Request::post(path)
            .header(HOST, &self.place.authority)
            .header(AUTHORIZATION, self.place.token.header())
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(body))
            .map_err(|error| self.nonsense("cannot be sent this").caused_by(error))
    }

    /// Sends the request on the open connection, or on a new one.
    pub(super) async fn send(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Link, Response<Incoming>), MembershipError> {
        let kept = self.place.idle().take();
        // A connection that has ended meanwhile returns the request unsent.
        if let Some(mut link) = kept {
            match link.ask(request).await {
                Ok(answer) => return Ok((link, answer)),
                Err(Lost::Unsent(unsent)) => request = *unsent,
                Err(Lost::Sent(error)) => return Err(self.lost(error)),
            }
        }
        let opened = Link::open(&self.place.address).await;
        let mut link = opened.map_err(|error| self.away("cannot be reached").caused_by(error))?;
        match link.ask(request).await {
            Ok(answer) => Ok((link, answer)),
            Err(Lost::Unsent(_)) => Err(self.away("closed each connection")),
            Err(Lost::Sent(error)) => Err(self.lost(error)),
        }
    }

    pub(super) async fn read(&self, answer: Response<Incoming>) -> Result<Vec<u8>, MembershipError> {
        whole(answer.into_body(), wire::ANSWER).await.map_err(|unread| match unread {
            Unread::TooLong => self.nonsense(&format!("sent an answer of more than {} bytes", wire::ANSWER)),
            Unread::Lost(error) => self.lost(error.into()),
        })
    }

    pub(super) async fn understood<T: DeserializeOwned + Send + 'static>(
        &self,
        status: StatusCode,
        body: Vec<u8>,
    ) -> Result<T, MembershipError> {
        if status == StatusCode::OK {
            return json::read(body).await.map_err(|error| {
                self.nonsense("sent an answer that this version cannot read").caused_by(wire::harmless(error))
            });
        }
        Err(match json::read::<WireError>(body).await {
            Ok(failure) => failure.into(),
            Err(_) => self.nonsense(&format!("answered {status}: expected a conductor")),
        })
    }

    pub(super) fn away(&self, what: &str) -> MembershipError {
        let text = format!("the conductor at `{}` {what}", self.place.authority);
        MembershipError::new(MembershipErrorKind::Unavailable, text)
    }

    fn lost(&self, error: BoxError) -> MembershipError {
        self.away("closed the connection without an answer").caused_by(error)
    }

    fn nonsense(&self, what: &str) -> MembershipError {
        let text = format!("the conductor at `{}` {what}", self.place.authority);
        MembershipError::new(MembershipErrorKind::Store, text)
    }
}

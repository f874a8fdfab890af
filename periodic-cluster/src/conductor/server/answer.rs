use std::net::IpAddr;
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::header::{HeaderValue, WWW_AUTHENTICATE};
use hyper::{Method, Request, Response, StatusCode};
use tokio::task::yield_now;

use super::ServerState;
use super::bodies::{Memory, Whose};
use super::connection::Connection;
use super::refusal::{closes, closing, failed, refused, too_many_watches};
use super::response::Answer;
use super::watch::ChangeStream;
use crate::caught::catch_subscriber;
use crate::conductor::body::{Unread, whole};
use crate::conductor::token::Caller;
use crate::conductor::wire::{self, path};
use crate::{MembershipError, MembershipErrorKind};

/// The longest time for a request's body.
const BODY: Duration = Duration::from_secs(10);
/// The longest time for the engine.
const ENGINE: Duration = Duration::from_secs(10);

const TOO_LONG: &str = "the request is too long";

/// Answers a request. It never fails: an error is an answer, too.
pub(super) async fn answer(connection: &Connection, request: Request<Incoming>) -> Answer {
    let Connection { state, place, .. } = connection;
    let Some(caller) = state.tokens.caller(request.headers()) else {
        return state.unauthorized(place.address());
    };
    place.is_known_now();
    // A client that sends many requests at once gets one answer for each turn of the others.
    yield_now().await;
    let mut answer = match answer_to(connection, caller, request).await {
        Ok(answer) | Err(answer) => answer,
    };
    if place.is_scarce() {
        closes(&mut answer);
    }
    answer
}

async fn answer_to(
    connection: &Connection,
    caller: &Caller,
    request: Request<Incoming>,
) -> Result<Answer, Answer> {
    if request.method() != Method::POST {
        return Err(refused(StatusCode::METHOD_NOT_ALLOWED, "expected a POST request"));
    }
    let (head, body) = request.into_parts();
    let Connection { state, place, .. } = connection;
    let (body, _memory) = state.body(body, Whose::new(caller, place.address())).await?;
    match head.uri.path() {
        path::OBJECT => state.objects.call(caller, body).await,
        path::WATCH => {
            let watching = state.watches.begin(caller).map_err(too_many_watches)?;
            match within(state.driver.watch()).await {
                Ok(changes) => {
                    let stream = ChangeStream::new(changes, connection.stop.clone(), watching);
                    Ok(Response::new(stream.boxed_unsync()))
                }
                Err(error) => Err(failed(&error)),
            }
        }
        other => match within(state.members(caller, other, &body)).await {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(refused(StatusCode::NOT_FOUND, "the conductor has no such path")),
            Err(refusal) => Err(refusal.answer()),
        },
    }
}

impl ServerState {
    /// Returns the body of a request, and its reserved memory.
    async fn body(&self, body: Incoming, whose: Whose) -> Result<(Vec<u8>, Option<Memory<'_>>), Answer> {
        // A proxy that finds another end of the body could be led to forward a request of another client in it.
        let Some(length) = body.size_hint().exact() else {
            let text = "the request must state its length in `Content-Length`";
            return Err(closing(StatusCode::LENGTH_REQUIRED, text));
        };
        if length > wire::REQUEST as u64 {
            return Err(closing(StatusCode::PAYLOAD_TOO_LARGE, TOO_LONG));
        }
        let read = async {
            let memory = self.bodies.reserve(whose, length).await;
            Ok((whole(body, wire::REQUEST).await?, memory))
        };
        match tokio::time::timeout(BODY, read).await {
            Ok(Ok(read)) => Ok(read),
            Ok(Err(Unread::TooLong)) => Err(closing(StatusCode::PAYLOAD_TOO_LARGE, TOO_LONG)),
            Ok(Err(Unread::Lost(_))) => {
                Err(closing(StatusCode::BAD_REQUEST, "the request's body is incomplete"))
            }
            Err(_) => Err(closing(StatusCode::REQUEST_TIMEOUT, "the request's body did not come in time")),
        }
    }

    /// Creates the answer to a client without a valid token, the last on its connection.
    fn unauthorized(&self, client: IpAddr) -> Answer {
        if let Some(times) = self.strangers.happens() {
            catch_subscriber(
                || tracing::warn!(%client, times, "the conductor refused a client without a valid token"),
            );
        }
        let mut answer = closing(StatusCode::UNAUTHORIZED, "the conductor refuses the token");
        answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        answer
    }
}

async fn within<T, E>(asked: impl Future<Output = Result<T, E>>) -> Result<T, E>
where
    E: From<MembershipError>,
{
    tokio::time::timeout(ENGINE, asked).await.unwrap_or_else(|_| {
        let text = format!("the conductor's engine did not answer within {ENGINE:?}");
        Err(MembershipError::new(MembershipErrorKind::Unavailable, text).into())
    })
}

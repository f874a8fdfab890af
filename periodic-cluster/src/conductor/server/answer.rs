use std::convert::Infallible;
use std::time::Duration;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, Response, StatusCode};
use periodic_core::task::Cancellation;
use periodic_text::quoted;
use serde::Serialize;

use super::Parts;
use super::membership::Trouble;
use super::watch::Telling;
use crate::conductor::wire::{self, Failure, path};
use crate::{MembershipError, MembershipErrorKind};

pub(super) type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// How long a request's body may take.
const BODY: Duration = Duration::from_secs(10);
/// How long the engine may take.
const ENGINE: Duration = Duration::from_secs(10);

const TOO_LONG: &str = "the request is too long";

pub(super) async fn answer(parts: &Parts, request: Request<Incoming>, stop: Cancellation) -> Answer {
    let shown = request.headers().get(AUTHORIZATION).map(hyper::header::HeaderValue::as_bytes);
    if !parts.token.is_shown_by(shown) {
        return refused(StatusCode::UNAUTHORIZED, "the conductor refuses the token");
    }
    if request.method() != Method::POST {
        return refused(StatusCode::METHOD_NOT_ALLOWED, "a conductor is asked with POST");
    }
    let (head, body) = request.into_parts();
    if body.size_hint().lower() > wire::REQUEST as u64 {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, TOO_LONG);
    }
    let read = Limited::new(body, wire::REQUEST).collect();
    let body = match tokio::time::timeout(BODY, read).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return refused(StatusCode::PAYLOAD_TOO_LARGE, TOO_LONG);
        }
        Ok(Err(_)) => return refused(StatusCode::BAD_REQUEST, "the request has no end"),
        Err(_) => return refused(StatusCode::REQUEST_TIMEOUT, "the request did not come in time"),
    };
    match head.uri.path() {
        path::OBJECT => parts.objects.call(&body).await,
        path::WATCH => match within(parts.driver.watch()).await {
            Ok(changes) => Response::new(Telling::new(changes, stop).boxed_unsync()),
            Err(error) => failed(&error),
        },
        other => match within(parts.members(other, &body)).await {
            Ok(Some(answer)) => answer,
            Ok(None) => refused(StatusCode::NOT_FOUND, "the conductor has no such thing"),
            Err(Trouble::Unreadable(error)) => unreadable(&error),
            Err(Trouble::Engine(error)) => failed(&error),
        },
    }
}

async fn within<T, E>(asked: impl Future<Output = Result<T, E>>) -> Result<T, E>
where
    E: From<MembershipError>,
{
    tokio::time::timeout(ENGINE, asked).await.unwrap_or_else(|_| {
        let text = format!("the conductor's engine does not answer within {ENGINE:?}");
        Err(MembershipError::new(MembershipErrorKind::Unavailable, text).into())
    })
}

pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Answer {
    let (status, body) = match serde_json::to_vec(value) {
        Ok(body) => (status, body),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into_bytes()),
    };
    let mut answer = Response::new(Full::from(body).boxed_unsync());
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/json"));
    answer
}

pub(super) fn refused(status: StatusCode, text: &str) -> Answer {
    json(status, &Failure::new(MembershipErrorKind::Store, text))
}

/// What was sent is not what this version of the conductor expects.
pub(super) fn unreadable(error: &serde_json::Error) -> Answer {
    refused(StatusCode::BAD_REQUEST, &format!("the request cannot be read: {}", quoted(&error.to_string())))
}

fn failed(error: &MembershipError) -> Answer {
    let status = match error.kind() {
        MembershipErrorKind::Name => StatusCode::BAD_REQUEST,
        MembershipErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        MembershipErrorKind::Unknown => StatusCode::NOT_FOUND,
        MembershipErrorKind::NotJoined => StatusCode::CONFLICT,
        MembershipErrorKind::NotOffered => StatusCode::NOT_IMPLEMENTED,
        MembershipErrorKind::Url | MembershipErrorKind::Store => StatusCode::INTERNAL_SERVER_ERROR,
    };
    json(status, &Failure::of(error))
}

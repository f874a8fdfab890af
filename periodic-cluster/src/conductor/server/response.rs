use std::convert::Infallible;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;

pub(super) type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(body) => written(status, body.into()),
        Err(error) => written(StatusCode::INTERNAL_SERVER_ERROR, error.to_string().into()),
    }
}

/// Creates the answer with the list of all members, which is JSON already.
pub(super) fn listed(members: Bytes) -> Answer {
    written(StatusCode::OK, members)
}

fn written(status: StatusCode, body: Bytes) -> Answer {
    let mut answer = Response::new(Full::from(body).boxed_unsync());
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

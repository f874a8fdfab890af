use hyper::StatusCode;
use hyper::header::{CONNECTION, HeaderValue};
use periodic_text::quoted;

use super::response::{Answer, json};
use crate::conductor::wire::WireError;
use crate::{MembershipError, MembershipErrorKind};

/// The reason why a call about members has no result.
pub(super) enum Refusal {
    /// The body is not that of this call.
    Unreadable(serde_json::Error),
    /// The token does not speak for the host of the call.
    Forbidden(String),
    Engine(MembershipError),
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<MembershipError> for Refusal {
    fn from(error: MembershipError) -> Self {
        Self::Engine(error)
    }
}

impl Refusal {
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::Unreadable(error) => unreadable(&error),
            Self::Forbidden(why) => refused(StatusCode::FORBIDDEN, &why),
            Self::Engine(error) => failed(&error),
        }
    }
}

pub(super) fn refused(status: StatusCode, text: &str) -> Answer {
    json(status, &WireError::new(MembershipErrorKind::Store, text))
}

/// Creates the same answer as `refused`, as the last one on its connection.
pub(super) fn closing(status: StatusCode, text: &str) -> Answer {
    let mut answer = refused(status, text);
    closes(&mut answer);
    answer
}

pub(super) fn closes(answer: &mut Answer) {
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
}

pub(super) fn too_many_watches(most: usize) -> Answer {
    let text = format!("the conductor already has {most} watches for this token; end one of them");
    json(StatusCode::TOO_MANY_REQUESTS, &WireError::new(MembershipErrorKind::Unavailable, text))
}

/// Creates the answer to a body that this version of the conductor does not expect.
pub(super) fn unreadable(error: &serde_json::Error) -> Answer {
    refused(StatusCode::BAD_REQUEST, &format!("the request cannot be read: {}", quoted(&error.to_string())))
}

pub(super) fn failed(error: &MembershipError) -> Answer {
    let status = match error.kind() {
        MembershipErrorKind::Name => StatusCode::BAD_REQUEST,
        MembershipErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        MembershipErrorKind::Unknown => StatusCode::NOT_FOUND,
        MembershipErrorKind::NotJoined => StatusCode::CONFLICT,
        MembershipErrorKind::NotOffered => StatusCode::NOT_IMPLEMENTED,
        MembershipErrorKind::Url | MembershipErrorKind::Store => StatusCode::INTERNAL_SERVER_ERROR,
    };
    json(status, &WireError::of(error))
}

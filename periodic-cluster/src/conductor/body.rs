//! Bodies of requests and answers, each read whole and within a bound.

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};

/// The reason why there is no whole body.
pub(super) enum Unread {
    TooLong,
    Lost(hyper::Error),
}

/// Reads a body of at most `most` bytes. A body whose declared length is greater is not read at all.
///
/// The parts are joined as they come: a list would need as much memory for a part of one byte as for a hundred.
pub(super) async fn whole(mut body: Incoming, most: usize) -> Result<Vec<u8>, Unread> {
    if body.size_hint().lower() > most as u64 {
        return Err(Unread::TooLong);
    }
    let mut whole = Vec::new();
    while let Some(part) = body.frame().await {
        // A frame without data is a trailer, which is ignored.
        let Ok(part) = part.map_err(Unread::Lost)?.into_data() else { continue };
        if part.len() > most - whole.len() {
            return Err(Unread::TooLong);
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

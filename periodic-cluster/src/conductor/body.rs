//! Bodies of requests and answers: read whole, within a bound.

use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};

/// Why there is no whole body.
pub(super) enum Unread {
    TooLong,
    Lost(hyper::Error),
}

/// A body of at most `most` bytes. What is said to be longer is not read at all.
///
/// The parts are put together as they come: were they kept, one of a byte would take as much as one of a hundred.
pub(super) async fn whole(mut body: Incoming, most: usize) -> Result<Vec<u8>, Unread> {
    if body.size_hint().lower() > most as u64 {
        return Err(Unread::TooLong);
    }
    let mut whole = Vec::new();
    while let Some(part) = body.frame().await {
        // What is no data is a trailer, which means nothing here.
        let Ok(part) = part.map_err(Unread::Lost)?.into_data() else { continue };
        if part.len() > most - whole.len() {
            return Err(Unread::TooLong);
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

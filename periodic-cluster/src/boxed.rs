use std::pin::Pin;

use periodic_text::{LONGEST_TEXT, bounded};

pub(crate) use periodic_runtime::service::BoxError;

/// A future of whatever type, for traits that are called through `dyn`.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// How many causes of an error are shown.
const CAUSES: usize = 16;

/// An error and its causes in one line, each cut after 8 KiB.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let errors = std::iter::successors(Some(error), |error| error.source()).take(CAUSES + 1);
    errors.map(|error| bounded(LONGEST_TEXT, format_args!("{error}"))).collect::<Vec<_>>().join(": ")
}

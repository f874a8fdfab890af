use std::pin::Pin;

pub(crate) use periodic_runtime::service::BoxError;

/// A future of whatever type, for traits that are called through `dyn`.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{CallError, CallErrorKind, Value};

/// A type that a [`remotable`](crate::remotable) method may return.
#[diagnostic::on_unimplemented(
    message = "a remotable method cannot return `{Self}`",
    label = "expected a `Result<T, E>` that can be sent",
    note = "`T` must be a type that serde reads and writes: `#[derive(serde::Serialize, serde::Deserialize)]`",
    note = "`E` must implement `Display` and `From<CallError>`: `String` does not, `CallError` itself does"
)]
pub trait Answer: Sized {
    /// Converts the conductor's answer.
    fn read(end: Result<Value, CallError>) -> Self;

    /// Converts the result to the conductor's answer.
    ///
    /// # Errors
    /// When the method failed, or its result cannot be serialized.
    fn write(self) -> Result<Value, CallError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned, E: From<CallError> + Display> Answer for Result<T, E> {
    fn read(end: Result<Value, CallError>) -> Self {
        let unreadable = |error| {
            CallError::new(CallErrorKind::Unavailable, "the method's result cannot be read").caused_by(error)
        };
        end.and_then(|value| serde_json::from_value(value.0).map_err(unreadable)).map_err(E::from)
    }

    fn write(self) -> Result<Value, CallError> {
        match self {
            Ok(result) => serde_json::to_value(result).map(Value).map_err(|error| {
                CallError::new(CallErrorKind::Failed, format!("the method's result cannot be sent: {error}"))
            }),
            Err(error) => Err(CallError::new(CallErrorKind::Failed, error.to_string())),
        }
    }
}

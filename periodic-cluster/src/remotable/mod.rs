//! Methods of an object that run at the object's home: here, or at a conductor.
//!
//! Write `#[remotable]` on the `impl` of a serde type, and on the methods that need a resource of the conductor, such
//! as the database. A program calls `node.save().await?` without knowing where that runs. At a [home](Home) here the
//! method simply runs. At a conductor the object's fields and the arguments are sent there, and the method runs on a
//! copy. Its result comes back with the fields that it has changed, and only those are set. An object without a home is
//! an orphan, and its methods return an error.
//!
//! A field that serde skips is not sent: after a call that has changed fields it has its default again, except for the
//! home. If a method fails at the conductor, only the error's text comes back, and no field changes.
//!
//! The home is a field of the object, not an argument, so that a method's callers do not change when the object moves.
//!
// The example needs the facade, whose tests run it.
#![cfg_attr(not(doctest), doc = include_str!("example.md"))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod answer;
mod error;
mod home;
mod value;

pub use answer::Answer;
pub use error::{CallError, CallErrorKind};
pub use home::Home;
pub use value::Value;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Map;

/// A type with methods that run at its objects' home. `#[remotable]` implements it.
pub trait Remotable: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The type's name, by which a conductor finds it.
    const NAME: &'static str;

    /// Returns the place where this object's methods run.
    fn home(&self) -> &Home;

    /// Moves the object to `home`.
    fn settle(&mut self, home: &Home);

    /// Runs a method, with its arguments as a list.
    ///
    /// # Errors
    /// When the method is unknown, the arguments do not fit, or the method fails.
    fn run(
        &mut self,
        method: &str,
        arguments: Value,
    ) -> impl Future<Output = Result<Value, CallError>> + Send;

    /// Runs a function of the type, which has no object.
    ///
    /// # Errors
    /// See [`run`](Self::run).
    fn run_static(
        method: &str,
        home: &Home,
        arguments: Value,
    ) -> impl Future<Output = Result<Value, CallError>> + Send;
}

/// Returns the fields of the object as JSON.
pub(crate) fn fields<T: Remotable>(object: &T) -> Result<Map<String, serde_json::Value>, CallError> {
    let refused = |text| CallError::new(CallErrorKind::Refused, text);
    match serde_json::to_value(object) {
        Ok(serde_json::Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(refused(format!("`{}` cannot be sent: it is no struct with named fields", T::NAME))),
        Err(error) => Err(refused(format!("`{}` cannot be sent", T::NAME)).caused_by(error)),
    }
}

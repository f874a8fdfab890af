//! Methods of an object that run where the object's home is: here, or at a conductor.
//!
//! `#[remotable]` on the `impl` of a serde type, and on those of its methods that need what a node may not touch, such
//! as the database. A program writes `node.save().await?` and need not know where that runs: at its
//! [home](Home) here the method simply runs; at a conductor the object's fields and the arguments are sent there, the
//! method runs on a copy, and its result comes back with those fields that it has changed, which alone are set. An
//! object without a home is an orphan, and refuses with an error.
//!
//! A field that serde skips does not travel: after a call that has changed fields it has its default again, but for the
//! home. Where a method fails at the conductor, nothing comes back but the error's text, and no field changes.
//!
//! The home is a field of the object, and no argument, so that a method's callers do not change when the object moves.
//!
// It needs the facade, whose tests run it.
#![cfg_attr(not(doctest), doc = include_str!("example.md"))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod answer;
mod error;
mod home;

pub use answer::Answer;
pub use error::{CallError, CallErrorKind};
pub use home::Home;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A type with methods that run where its objects' home is. `#[remotable]` implements it.
pub trait Remotable: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The type's name, by which a conductor finds it.
    const NAME: &'static str;

    /// Where this object's methods run.
    fn home(&self) -> &Home;

    /// Moves it.
    fn settle(&mut self, home: &Home);

    /// Runs a method, with its arguments as a list.
    ///
    /// # Errors
    /// When there is no such method, the arguments do not fit, or the method fails.
    fn run(
        &mut self,
        method: &str,
        arguments: Value,
    ) -> impl Future<Output = Result<Value, CallError>> + Send;

    /// Runs a function of the type, which has no object.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    fn run_static(
        method: &str,
        home: &Home,
        arguments: Value,
    ) -> impl Future<Output = Result<Value, CallError>> + Send;
}

/// The object as JSON.
pub(crate) fn fields<T: Remotable>(object: &T) -> Result<Map<String, Value>, CallError> {
    let refused = |text| CallError::new(CallErrorKind::Refused, text);
    match serde_json::to_value(object) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(refused(format!("`{}` cannot be sent: it is no struct with named fields", T::NAME))),
        Err(error) => Err(refused(format!("`{}` cannot be sent", T::NAME)).caused_by(error)),
    }
}

//! Items for generated code.

pub use core::primitive::{str, u8};
use std::any::Any;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Map;

use super::home::Place;
pub use super::{Answer, CallError, Home, Remotable, Value};
use super::{CallErrorKind, fields};
use crate::conductor::{Client, ObjectAnswer, ObjectCall};
use crate::{MembershipError, MembershipErrorKind};

/// A call that does not run here.
pub struct Elsewhere {
    conductor: Result<Client, CallError>,
    method: &'static str,
}

/// Returns the call; `None` if the method must run here.
pub fn elsewhere<T: Remotable>(home: &Home, method: &'static str) -> Option<Elsewhere> {
    let conductor = match &home.place {
        Place::Here(_) => return None,
        Place::Conductor(client) => Ok(client.clone()),
        Place::Nowhere => {
            let text = format!(
                "`{}::{method}` has no home: set the object's home to `Home::here()` or `Home::at(..)`",
                T::NAME,
            );
            Err(CallError::new(CallErrorKind::Orphan, text))
        }
    };
    Some(Elsewhere { conductor, method })
}

/// Returns the future of a method, known to be `Send`. A function, so that a future that is not `Send` is reported at
/// the method.
pub fn sent<F: Future + Send>(method: F) -> impl Future<Output = F::Output> + Send {
    method
}

/// Serializes the arguments, a tuple of references.
pub fn arguments(given: &impl Serialize) -> Result<Value, CallError> {
    serde_json::to_value(given).map(Value).map_err(|error| {
        CallError::new(CallErrorKind::Refused, "the arguments cannot be sent").caused_by(error)
    })
}

/// Calls a method that takes `&mut self`.
pub async fn call<T: Remotable>(
    place: Elsewhere,
    object: &mut T,
    arguments: Result<Value, CallError>,
) -> Result<Value, CallError> {
    let mut now = fields(object)?;
    let ObjectAnswer { result, changed, removed } = place.ask::<T>(Some(now.clone()), arguments).await?;
    if changed.is_empty() && removed.is_empty() {
        return Ok(Value(result));
    }
    now.retain(|name, _| !removed.contains(name));
    now.extend(changed);
    let mut adopted: T = serde_json::from_value(serde_json::Value::Object(now)).map_err(|error| {
        let text = format!("the returned fields of `{}` do not fit", T::NAME);
        CallError::new(CallErrorKind::Unavailable, text).caused_by(error)
    })?;
    adopted.settle(object.home());
    *object = adopted;
    Ok(Value(result))
}

/// Calls a method that takes `&self`.
pub async fn call_shared<T: Remotable>(
    place: Elsewhere,
    object: &T,
    arguments: Result<Value, CallError>,
) -> Result<Value, CallError> {
    let now = fields(object)?;
    place.ask::<T>(Some(now), arguments).await.map(|answer| Value(answer.result))
}

/// Calls a function without an object.
pub async fn call_static<T: Remotable>(
    place: Elsewhere,
    arguments: Result<Value, CallError>,
) -> Result<Value, CallError> {
    place.ask::<T>(None, arguments).await.map(|answer| Value(answer.result))
}

impl Elsewhere {
    async fn ask<T: Remotable>(
        self,
        fields: Option<Map<String, serde_json::Value>>,
        arguments: Result<Value, CallError>,
    ) -> Result<ObjectAnswer, CallError> {
        let Value(arguments) = arguments?;
        let call = ObjectCall { object: T::NAME.into(), method: self.method.into(), fields, arguments };
        match self.conductor?.object(&call).await {
            Ok(end) => end.map_err(CallError::from),
            Err(error) => Err(not_answered(T::NAME, self.method, error)),
        }
    }
}

fn not_answered(object: &str, method: &str, error: MembershipError) -> CallError {
    let kind = match error.kind() {
        MembershipErrorKind::Unavailable => CallErrorKind::Unavailable,
        _ => CallErrorKind::Refused,
    };
    CallError::new(kind, format!("`{object}::{method}` has no answer")).caused_by(error)
}

/// Returns the arguments on the conductor's side, as a tuple.
pub fn given<A: DeserializeOwned>(method: &str, arguments: Value) -> Result<A, CallError> {
    serde_json::from_value(arguments.0).map_err(|error| {
        CallError::new(CallErrorKind::Refused, format!("the arguments of `{method}` do not fit: {error}"))
    })
}

/// Creates the error for an unknown method.
pub fn unknown<T: Remotable>(method: &str) -> CallError {
    let text = format!("`{}` has no remotable method `{method}`", T::NAME);
    CallError::new(CallErrorKind::Refused, text)
}

/// Writes the `impl` of `Remotable`. If a type has two, the compiler's error ends with this name.
#[doc(hidden)]
#[macro_export]
macro_rules! __all_remotable_methods_of_a_type_stand_in_one_impl {
    ($($tokens:tt)*) => {
        #[automatically_derived]
        impl $($tokens)*
    };
}

pub use __all_remotable_methods_of_a_type_stand_in_one_impl as all_remotable_methods_of_a_type_stand_in_one_impl;

/// The assumption of `impl Remotable` about a type: `CHECKED` is a constant of the expansion, whose body checks it. If the check
/// fails, the constant has no value, and its error is the only one.
pub trait Assumed<const CHECKED: u8>: Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Assumed<CHECKED> for T {}

// Without a choice, the compiler would take the only `impl` for a constant without a value, and report its bounds.
impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Assumed<{ CHECKED + 1 }> for T {}

/// The constant of a check that did not fail.
pub const CHECKED: u8 = 0;

/// A type whose objects can be sent.
#[diagnostic::on_unimplemented(
    message = "an object of type `{Self}` cannot be sent to a conductor",
    label = "serde does not read and write it",
    note = "derive both traits: `#[derive(serde::Serialize, serde::Deserialize)]`"
)]
pub trait Sendable {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Sendable for T {}

/// Requires all of a type that [`Remotable`] does.
pub fn check<T: Sendable + Send + Sync + 'static>() {}

/// Returns an object's home. A function, because a call of the trait's method reports the trait's bounds again.
pub fn home_of<T: Remotable>(object: &T) -> &Home {
    object.home()
}

/// Sets the field that holds a home. A field of another type is reported where the home is read, so it is none here.
pub fn settle<T: Any>(field: &mut T, home: &Home) {
    if let Some(field) = (field as &mut dyn Any).downcast_mut::<Home>() {
        *field = home.clone();
    }
}

/// A result that gets its home when it comes back.
pub trait Settle {
    /// Returns the value with its home.
    #[must_use]
    fn settled(self, home: &Home) -> Self;
}

impl<T: Remotable> Settle for T {
    fn settled(mut self, home: &Home) -> Self {
        self.settle(home);
        self
    }
}

impl<T: Settle, E> Settle for Result<T, E> {
    fn settled(self, home: &Home) -> Self {
        self.map(|one| one.settled(home))
    }
}

impl<T: Settle> Settle for Option<T> {
    fn settled(self, home: &Home) -> Self {
        self.map(|one| one.settled(home))
    }
}

impl<T: Settle> Settle for Vec<T> {
    fn settled(self, home: &Home) -> Self {
        self.into_iter().map(|one| one.settled(home)).collect()
    }
}

//! Items for generated code.

pub use core::primitive::str;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Map;
pub use serde_json::Value;

use super::home::Place;
pub use super::{Answer, CallError, Home, Remotable};
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
                "`{}::{method}` has no home to run at: set the object's home to `Home::here()` or `Home::at(..)`",
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
    serde_json::to_value(given).map_err(|error| {
        CallError::new(CallErrorKind::Refused, "the arguments cannot be sent").caused_by(error)
    })
}

/// Calls a method that takes `&mut self`.
pub async fn call<T: Remotable, R: Answer>(
    place: Elsewhere,
    object: &mut T,
    arguments: Result<Value, CallError>,
) -> R {
    R::read(call_and_adopt(place, object, arguments).await)
}

async fn call_and_adopt<T: Remotable>(
    place: Elsewhere,
    object: &mut T,
    arguments: Result<Value, CallError>,
) -> Result<Value, CallError> {
    let mut now = fields(object)?;
    let ObjectAnswer { result, changed, removed } = place.ask::<T>(Some(now.clone()), arguments).await?;
    if changed.is_empty() && removed.is_empty() {
        return Ok(result);
    }
    now.retain(|name, _| !removed.contains(name));
    now.extend(changed);
    let mut adopted: T = serde_json::from_value(Value::Object(now)).map_err(|error| {
        let text = format!("the fields of `{}` that came back do not fit", T::NAME);
        CallError::new(CallErrorKind::Unavailable, text).caused_by(error)
    })?;
    adopted.settle(object.home());
    *object = adopted;
    Ok(result)
}

/// Calls a method that takes `&self`.
pub async fn call_shared<T: Remotable, R: Answer>(
    place: Elsewhere,
    object: &T,
    arguments: Result<Value, CallError>,
) -> R {
    let end = match fields(object) {
        Ok(now) => place.ask::<T>(Some(now), arguments).await,
        Err(error) => Err(error),
    };
    R::read(end.map(|answer| answer.result))
}

/// Calls a function without an object.
pub async fn call_static<T: Remotable, R: Answer>(
    place: Elsewhere,
    arguments: Result<Value, CallError>,
) -> R {
    R::read(place.ask::<T>(None, arguments).await.map(|answer| answer.result))
}

impl Elsewhere {
    async fn ask<T: Remotable>(
        self,
        fields: Option<Map<String, Value>>,
        arguments: Result<Value, CallError>,
    ) -> Result<ObjectAnswer, CallError> {
        let call =
            ObjectCall { object: T::NAME.into(), method: self.method.into(), fields, arguments: arguments? };
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
    serde_json::from_value(arguments).map_err(|error| {
        CallError::new(CallErrorKind::Refused, format!("the arguments of `{method}` do not fit: {error}"))
    })
}

/// Creates the error for an unknown method.
pub fn unknown<T: Remotable>(method: &str) -> CallError {
    let text = format!("`{}` has no remotable method `{method}`", T::NAME);
    CallError::new(CallErrorKind::Refused, text)
}

/// A type with a home. Separate from [`Remotable`], whose bounds would be reported in each method that requires it.
pub trait Housed {
    /// Returns the place where this object's methods run.
    fn home(&self) -> &Home;

    /// Moves the object to `home`.
    fn settle(&mut self, home: &Home);
}

/// A result that gets its home when it comes back.
pub trait Settle {
    /// Returns the value with its home.
    #[must_use]
    fn settled(self, home: &Home) -> Self;
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

use std::collections::BTreeMap;
use std::time::Duration;

use hyper::StatusCode;
use periodic_core::task::catch_panic;
use periodic_runtime::boxed::Boxed;
use periodic_text::quoted;
use serde_json::{Map, Value};
use tokio::task::JoinSet;

use super::refusal::{refused, unreadable};
use super::response::{Answer, json};
use crate::conductor::json::read_few;
use crate::conductor::token::Caller;
use crate::conductor::wire::{Failed, ObjectAnswer, ObjectCall};
use crate::remotable::{CallError, CallErrorKind, Home, Remotable, Value as Sent, fields};

/// The longest run of a method.
const METHOD: Duration = Duration::from_secs(60);

/// The most values of a call, fields and arguments together.
const VALUES: usize = 50_000;

type Run = Box<dyn Fn(ObjectCall, &Caller) -> Boxed<'static, Result<ObjectAnswer, CallError>> + Send + Sync>;

/// The types whose methods may be called.
#[derive(Default)]
pub(super) struct Objects(BTreeMap<&'static str, Object>);

struct Object {
    run: Run,
    /// Whether the token of a single host may call it.
    for_hosts: bool,
}

impl Objects {
    pub(super) fn add<T: Remotable>(&mut self, home: Home, for_hosts: bool) {
        let run: Run = Box::new(move |call, caller| Box::pin(run::<T>(call, home.called_by(caller))));
        self.0.insert(T::NAME, Object { run, for_hosts });
    }

    pub(super) async fn call(&self, caller: &Caller, body: Vec<u8>) -> Result<Answer, Answer> {
        let call = read_few::<ObjectCall>(body, VALUES).await.map_err(|error| unreadable(&error))?;
        let Some(call) = call else {
            let text = format!("the request has more than {VALUES} values");
            return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, &text));
        };
        let object = self.0.get(call.object.as_str());
        if *caller != Caller::Operator && object.is_some_and(|object| !object.for_hosts) {
            let text = format!(
                "this token speaks for {caller}: objects of type `{}` need a token for every host",
                call.object
            );
            return Err(refused(StatusCode::FORBIDDEN, &text));
        }
        Ok(json(StatusCode::OK, &self.end_of(caller, call).await.map_err(Failed::from)))
    }

    async fn end_of(&self, caller: &Caller, call: ObjectCall) -> Result<ObjectAnswer, CallError> {
        let named = format!("`{}::{}`", quoted(&call.object), quoted(&call.method));
        let Some(object) = self.0.get(call.object.as_str()) else {
            return Err(self.unknown(&call.object));
        };
        // A task of its own, which ends with this future, because a panic of the method must become an answer.
        let mut running = JoinSet::new();
        running.spawn((object.run)(call, caller));
        match tokio::time::timeout(METHOD, running.join_next()).await {
            Ok(Some(Ok(end))) => end,
            Ok(ended) => {
                // The panic's payload is the method's, and may panic when it is dropped.
                let _ = catch_panic(|| drop(ended));
                Err(failed(format!("{named} panicked at the conductor")))
            }
            Err(_) => Err(failed(format!("{named} took longer than {METHOD:?} and was cancelled"))),
        }
    }

    fn unknown(&self, object: &str) -> CallError {
        let near = periodic_text::nearest(object, self.0.keys(), |name| [*name]);
        let advice = near.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        refused_call(format!("the conductor has no objects of type `{}`{advice}", quoted(object)))
    }
}

async fn run<T: Remotable>(call: ObjectCall, home: Home) -> Result<ObjectAnswer, CallError> {
    let ObjectCall { method, fields: sent, arguments, .. } = call;
    let Some(sent) = sent else {
        let Sent(result) = T::run_static(&method, &home, Sent(arguments)).await?;
        return Ok(ObjectAnswer { result, changed: Map::new(), removed: Vec::new() });
    };
    let unreadable = |error: serde_json::Error| {
        refused_call(format!("the fields of `{}` do not fit: {}", T::NAME, quoted(&error.to_string())))
    };
    let mut object: T = serde_json::from_value(Value::Object(sent.clone())).map_err(unreadable)?;
    object.settle(&home);
    let Sent(result) = object.run(&method, Sent(arguments)).await?;
    let mut changed = fields(&object)?;
    let removed = sent.keys().filter(|name| !changed.contains_key(*name)).cloned().collect();
    changed.retain(|name, value| sent.get(name) != Some(value));
    Ok(ObjectAnswer { result, changed, removed })
}

fn failed(text: String) -> CallError {
    CallError::new(CallErrorKind::Failed, text)
}

fn refused_call(text: String) -> CallError {
    CallError::new(CallErrorKind::Refused, text)
}

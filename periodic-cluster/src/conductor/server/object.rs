use std::collections::BTreeMap;
use std::time::Duration;

use hyper::StatusCode;
use periodic_text::quoted;
use serde_json::{Map, Value};

use super::answer::{Answer, json, unreadable};
use crate::boxed::Boxed;
use crate::conductor::task::Owned;
use crate::conductor::wire::{Failed, ObjectAnswer, ObjectCall};
use crate::remotable::{CallError, CallErrorKind, Home, Remotable, fields};

/// How long a method may run.
const METHOD: Duration = Duration::from_secs(60);

type Run = Box<dyn Fn(ObjectCall) -> Boxed<'static, Result<ObjectAnswer, CallError>> + Send + Sync>;

/// The types whose methods may be called.
#[derive(Default)]
pub(super) struct Objects(BTreeMap<&'static str, Run>);

impl Objects {
    pub(super) fn add<T: Remotable>(&mut self, home: Home) {
        self.0.insert(T::NAME, Box::new(move |call| Box::pin(run::<T>(call, home.clone()))));
    }

    pub(super) async fn call(&self, body: &[u8]) -> Answer {
        let call: ObjectCall = match serde_json::from_slice(body) {
            Ok(call) => call,
            Err(error) => return unreadable(&error),
        };
        json(StatusCode::OK, &self.end_of(call).await.map_err(Failed::from))
    }

    async fn end_of(&self, call: ObjectCall) -> Result<ObjectAnswer, CallError> {
        let named = format!("`{}::{}`", quoted(&call.object), quoted(&call.method));
        let Some(run) = self.0.get(call.object.as_str()) else {
            return Err(self.unknown(&call.object));
        };
        // In a task of its own, which ends with this future: a panic of the method is an answer too.
        let mut running = Owned::spawn(run(call));
        match tokio::time::timeout(METHOD, running.end()).await {
            Ok(Some(Ok(end))) => end,
            Ok(_) => Err(failed(format!("{named} panicked at the conductor"))),
            Err(_) => Err(failed(format!("{named} took longer than {METHOD:?} and was ended"))),
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
        let result = T::run_static(&method, &home, arguments).await?;
        return Ok(ObjectAnswer { result, changed: Map::new(), removed: Vec::new() });
    };
    let unreadable = |error: serde_json::Error| {
        refused_call(format!("the fields of `{}` do not fit: {}", T::NAME, quoted(&error.to_string())))
    };
    let mut object: T = serde_json::from_value(Value::Object(sent.clone())).map_err(unreadable)?;
    object.settle(&home);
    let result = object.run(&method, arguments).await?;
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

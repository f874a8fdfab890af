#![deny(warnings, nonstandard_style, rust_2018_idioms, unused)]
#![deny(missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#![deny(let_underscore_drop, single_use_lifetimes, trivial_casts, trivial_numeric_casts, unit_bindings)]
#![deny(unused_lifetimes, unused_qualifications, unused_results, explicit_outlives_requirements)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![forbid(unsafe_code)]

use std::sync::Arc;

use periodic::cluster::remotable::{CallError, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

/// An object.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Strict {
    host: String,
    vcpus: u32,
    #[serde(skip)]
    place: Home,
}

#[remotable(home = place, name = "strict")]
impl Strict {
    /// Reads.
    #[remotable]
    async fn get(home: &Home, host: String, vcpus: Option<u32>) -> Result<Option<Self>, CallError> {
        std::future::ready(()).await;
        Ok(vcpus.map(|vcpus| Self { host, vcpus, place: home.clone() }))
    }

    /// Saves.
    #[remotable]
    async fn save(&mut self) -> Result<(), CallError> {
        std::future::ready(()).await;
        self.vcpus += 1;
        Ok(())
    }

    /// Asks.
    #[remotable]
    async fn state(&self, more: u32) -> Result<u32, CallError> {
        std::future::ready(()).await;
        Ok(self.place.state::<Arc<u32>>().map_or(0, |state| **state) + more)
    }

    #[cfg(any())]
    #[remotable]
    async fn absent(&self) -> Result<Nothing, CallError> {}

    /// Runs where it is called.
    fn name(&self) -> &str {
        &self.host
    }
}

#[tokio::test]
async fn users_meet_no_warnings() {
    let home = Home::with(Arc::new(40_u32));
    assert!(Strict::get(&home, "node-1".into(), None).await.unwrap().is_none());
    let mut object = Strict::get(&home, "node-1".into(), Some(1)).await.unwrap().unwrap();
    object.save().await.unwrap();
    assert_eq!((object.name(), object.vcpus, object.state(2).await.unwrap()), ("node-1", 2, 42));
}

//! The suite: functions that take any store.

use std::time::Duration;

use periodic_cluster::{Membership, Record, ServiceIdentity};

use crate::fixture::Fixture;

/// Runs the suite for a fixture. What follows it is given to `#[tokio::test]`.
macro_rules! suite {
    ($fixture:ty $(, $($argument:tt)*)?) => {
        crate::suite::each!([$fixture] [$($($argument)*)?] join);
    };
}

macro_rules! each {
    ([$fixture:ty] $arguments:tt $($name:ident)*) => {
        $(crate::suite::one!([$fixture] $arguments $name);)*
    };
}

macro_rules! one {
    ([$fixture:ty] [$($arguments:tt)*] $name:ident) => {
        #[tokio::test($($arguments)*)]
        async fn $name() {
            if let Some(fixture) = <$fixture as crate::fixture::Fixture>::start().await {
                crate::suite::$name(fixture).await;
            }
        }
    };
}

pub(crate) use {each, one};

pub(crate) async fn join<F: Fixture>(fixture: F) {
    let driver = fixture.connect().await;
    let service = ServiceIdentity::new("node-1", "nova-compute");
    assert_eq!(driver.record(&service).await.unwrap(), Record::Created);
    driver.join(&service).await.unwrap();
    assert!(fixture.group().await.is_up_of("node-1", "nova-compute").await.unwrap());
    let _ = Duration::ZERO;
}

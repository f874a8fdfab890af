//! Expanded where no name is in scope by itself.
#![no_implicit_prelude]

use ::core::marker::{Send, Sync};
use ::periodic::{periodic_manager, periodic_task};

const PERIOD: ::core::primitive::u64 = 5;

#[periodic_manager]
trait Base {
    #[periodic_task]
    async fn report(&self) {}

    #[periodic_task(inline)]
    async fn inline(&self) {}
}

/// A type with the name of one of std's, which needs its module's name before it.
struct Vec<T>(T);

#[periodic_manager(open)]
impl self::Vec<::core::primitive::u8> {
    #[periodic_task(spacing = PERIOD, timeout = PERIOD)]
    async fn sync(&self) {
        let _ = self.0;
    }

    #[cfg(not(any()))]
    #[periodic_task(inline, retry(attempts = 2, backoff = PERIOD))]
    async fn retried(&self) {}

    #[periodic_task(cron = "0 * * * *", tz = "Europe/Berlin")]
    fn hourly(&self) {}
}

#[periodic_task(manager = Vec<::core::primitive::u8>)]
async fn outside(_: &Vec<::core::primitive::u8>) {}

struct Generic<T>(Vec<::core::primitive::u8>, T);

#[periodic_manager(include(0), inherit(Base))]
impl<T: Send + Sync + 'static> Generic<T> {
    #[periodic_task]
    fn plain(&self) {
        let _ = &self.1;
    }
}

impl<T: Send + Sync + 'static> Base for Generic<T> {}

#[::core::prelude::v1::test]
fn is_what_generated_code_needs() {
    let names = super::names(&Generic(Vec(3), ()));
    ::std::assert_eq!(names.len(), 7);
}

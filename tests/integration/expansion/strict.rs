#![deny(warnings, nonstandard_style, rust_2018_idioms, unused)]
#![deny(missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#![deny(let_underscore_drop, single_use_lifetimes, trivial_casts, trivial_numeric_casts, unit_bindings)]
#![deny(unused_lifetimes, unused_qualifications, unused_results, explicit_outlives_requirements)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
// Clippy's restrictions on exported items: the generated items of a trait are exported.
#![deny(clippy::exhaustive_enums, clippy::exhaustive_structs, clippy::missing_inline_in_public_items)]
#![forbid(unsafe_code)]

use periodic::task::Run;
use periodic::{periodic_manager, periodic_task};

use super::Context;

const FIRST: u64 = 2;

/// A manager.
#[derive(Debug, Default)]
pub(super) struct Strict {
    included: included::Included,
}

mod included {
    // Nothing but a method needs the second one; its import counts as used all the same.
    use periodic::{periodic_manager, periodic_task};

    /// One that it includes.
    #[derive(Debug, Default)]
    pub(super) struct Included {
        name: String,
    }

    #[periodic_manager]
    impl Included {
        #[periodic_task]
        pub(super) fn audit(&self) {
            drop(self.name.clone());
        }
    }
}

/// A base.
#[periodic_manager(context = Context)]
pub(super) trait Base {
    /// Reports.
    #[periodic_task]
    async fn report(&self, context: &Context, run: &Run) {
        run.progress(context.user);
        std::future::ready(()).await;
    }
}

impl Base for Strict {}

#[periodic_manager(context = Context, open, include(included), inherit(Base))]
impl Strict {
    /// Audits.
    #[periodic_task(spacing = 30, retry(attempts = 3, backoff = FIRST.."10s", jitter))]
    async fn audit(&self, context: &Context) {
        std::future::ready(()).await;
        drop(context.user.to_owned());
        self.included.audit();
    }

    /// Closes the books.
    #[periodic_task(cron = NIGHTLY, tz = "Europe/Berlin", dst = (gap = skip))]
    async fn close(&self) {
        std::future::ready(()).await;
        self.included.audit();
    }

    /// Reminds.
    #[periodic_task(cron(hour = 9, weekday = MON..=FRI))]
    fn remind(&self) {
        self.included.audit();
    }
}

const NIGHTLY: &str = "H 3 * * *";

#[periodic_task(manager = Strict, spacing = 30)]
async fn outside(strict: &Strict) {
    std::future::ready(()).await;
    strict.included.audit();
}

#[test]
fn users_meet_no_warnings() {
    assert_eq!(
        super::names(&Strict::default()),
        [
            "Strict.report",
            "Strict.audit",
            "Strict.close",
            "Strict.remind",
            "Strict.included.audit",
            "Strict.outside"
        ]
    );
}

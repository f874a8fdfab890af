//! Other attributes of a task, of a manager and of a base, under the lints that they bring about.
#![deny(warnings, deprecated, unused, unused_must_use)]
#![allow(dead_code, clippy::double_must_use, reason = "a user's deprecated type is never used")]

use super::*;

struct Compute;

#[periodic_manager(open)]
impl Compute {
    #[deprecated]
    #[periodic_task]
    fn deprecated(&self) {}

    #[periodic_task]
    #[deprecated(note = "another one does it")]
    async fn deprecated_with_a_note(&self, run: &Run) {
        let _ = run;
    }

    #[deprecated]
    #[periodic_task(inline)]
    async fn deprecated_and_inline(&self) {}

    #[must_use]
    #[periodic_task]
    fn must_be_used(&self) -> Next {
        Next::OnSchedule
    }

    #[must_use = "for a reason"]
    #[periodic_task(inline)]
    async fn must_be_used_inline(&self) -> Next {
        Next::OnSchedule
    }

    #[doc(hidden)]
    #[periodic_task]
    async fn hidden(&self) {}

    #[expect(non_snake_case, reason = "this name is not")]
    #[periodic_task]
    async fn Expected(&self) {}

    #[expect(unused_variables)]
    #[periodic_task]
    fn expected_in_the_body(&self) {
        let unused = 3;
    }

    #[forbid(unsafe_code)]
    #[deny(unused)]
    #[warn(clippy::all)]
    #[periodic_task]
    fn with_other_levels(&self) {}

    #[track_caller]
    #[cold]
    #[inline(always)]
    #[allow(clippy::inline_always)]
    #[periodic_task]
    fn for_the_compiler(&self) {}

    #[cfg_attr(all(), cfg_attr(all(), periodic_task(spacing = 3), doc = "Nested."))]
    fn in_nested_conditions(&self) {}

    #[cfg_attr(all(), cfg_attr(any(), periodic_task))]
    fn no_task(&self) {}

    #[doc = concat!("Con", "catenated.")]
    #[periodic_task]
    extern "C" fn of_another_abi(&self) {}

    #[periodic_task]
    const fn constant(&self) {}

    #[periodic_task]
    fn bounded<'a: 'a>(&'a self, #[allow(unused)] run: &'a Run)
    where
        Self: Sized,
    {
    }

    #[periodic_task]
    async fn r#gen(&self) {}

    #[periodic_task]
    async fn r#async(&self) {}
}

#[deprecated]
#[periodic_task(manager = Compute)]
fn outside(_: &Compute) {}

#[periodic_task(manager = Compute)]
#[deprecated]
async fn outside_and_async(_: &Compute) {}

#[deprecated]
struct Old;

#[allow(deprecated)]
#[periodic_manager]
impl Old {
    #[periodic_task(inline)]
    async fn audit(&self) {}
}

#[periodic_manager]
trait Base {
    #[deprecated]
    #[periodic_task]
    fn plain(&self) {}

    #[deprecated]
    #[periodic_task]
    async fn spawned(&self) {}
}

#[deprecated]
#[periodic_manager]
trait OldBase {
    #[periodic_task]
    fn audit(&self) {}
}

struct Inheriting;

impl Base for Inheriting {}

#[periodic_manager(inherit(Base))]
impl Inheriting {}

#[test]
fn stand_beside_those_of_this_crate() {
    let names = names(&Compute);
    let own = names.iter().map(|name| name.trim_start_matches("Compute."));
    assert_eq!(
        own.collect::<Vec<_>>(),
        [
            "deprecated",
            "deprecated_with_a_note",
            "deprecated_and_inline",
            "must_be_used",
            "must_be_used_inline",
            "hidden",
            "Expected",
            "expected_in_the_body",
            "with_other_levels",
            "for_the_compiler",
            "in_nested_conditions",
            "of_another_abi",
            "constant",
            "bounded",
            "gen",
            "async",
            "outside",
            "outside_and_async",
        ]
    );
    assert_eq!(super::names(&Inheriting), ["Inheriting.plain", "Inheriting.spawned"]);
}

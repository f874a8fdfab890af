//! The code that the attributes generate, printed as a file of Rust, so that its changes show in a snapshot.
//!
//! `UPDATE_EXPECT=1 cargo test -p periodic-macros` writes the snapshots again.

mod parsing;
mod verdicts;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;

use crate::expand;

#[track_caller]
fn check(expanded: TokenStream, expected: &ExpectFile) {
    let file = syn::parse2(unwrapped(expanded)).expect("an expansion is a list of items");
    expected.assert_eq(&prettyplease::unparse(&file));
}

/// Returns the expansion, with a macro's call replaced by its `impl`: the content of a call is printed as one line.
fn unwrapped(tokens: TokenStream) -> TokenStream {
    let mut printed: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            printed.push(token);
            continue;
        };
        let content = unwrapped(group.stream());
        let before: Vec<_> = printed.iter().rev().take(5).rev().map(ToString::to_string).collect();
        if before.join("") == "__periodic::all_tasks_of_a_type_stand_in_one_impl!" {
            printed.truncate(printed.len() - 5);
            printed.extend(quote!(#[automatically_derived] impl #content));
        } else {
            printed.push(Group::new(group.delimiter(), content).into());
        }
    }
    printed.into_iter().collect()
}

#[test]
fn plain() {
    let item = quote! {
        #[allow(dead_code)]
        impl ImageCache {
            const LIMIT: usize = { 3 };
            /// Removes unused images.
            ///
            ///     indented
            #[periodic_task(spacing = "40m", external_process_ok, jitter = "5%", missed = all(3))]
            #[inline]
            pub(crate) fn clean(&self) -> Result<(), CacheError> { self.remove(Self::LIMIT) }
            fn remove(&self, limit: usize) -> Result<(), CacheError> { todo!() }
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/plain.rs"]);
}

#[test]
fn async_with_parameters() {
    let item = quote! {
        impl Compute {
            #[periodic_task(spacing = 0.5, run_immediately, timeout = 0.25, overlap = allow(2), max_runs = 3, retry(attempts = 3, jitter, backoff = 0.05..0.2))]
            async fn audit<'a>(&'a self, run: &'a Run, context: &Context) -> Next { Next::Never }
            #[periodic_task(inline, from = finish, enabled = false, initial_delay = 3, grace = 5)]
            async fn r#match(self: &Self) {}
        }
    };
    check(
        expand::manager(quote!(context = Context), item),
        &expect_file!["expansions/async_with_parameters.rs"],
    );
}

#[test]
fn constants() {
    let item = quote! {
        impl Compute {
            #[periodic_task(spacing = Self::PERIOD, timeout = config::TIMEOUT, jitter = JITTER,
                retry(attempts = 4, backoff = Self::FIRST..config::MOST))]
            fn audit(&self) {}
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/constants.rs"]);
}

#[test]
fn cron() {
    let item = quote! {
        impl Billing {
            #[periodic_task(cron = "0 9 * * MON-FRI", tz = "Europe/Berlin", dst = (gap = skip), timeout = "1d")]
            async fn in_quotes(&self) {}
            #[periodic_task(cron(hour = 9, weekday = MON..=FRI), run_immediately, dst(overlap = twice))]
            async fn in_tokens(&self) {}
            #[cfg(unix)]
            #[periodic_task(cron = Self::NIGHTLY, tz = config::ZONE, jitter = config::JITTER)]
            fn in_constants(&self) {}
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/cron.rs"]);
}

#[test]
fn generic() {
    let item = quote! {
        impl<T: Driver, const N: usize> Pool<T, N> where T::Error: Display {
            #[periodic_task]
            async fn poll(&self) -> Result<(), T::Error> { self.driver.poll().await }
        }
    };
    check(expand::manager(quote!(context = T), item), &expect_file!["expansions/generic.rs"]);
}

#[test]
fn conditions() {
    let item = quote! {
        #[cfg(unix)]
        impl Compute {
            #[cfg(feature = "kvm")]
            #[periodic_task(spacing = 5)]
            fn poll(&self) {}
            #[cfg(not(feature = "kvm"))]
            #[periodic_task(spacing = 60)]
            fn poll(&self) {}
            #[cfg_attr(feature = "audit", periodic::periodic_task(spacing = PERIOD), inline)]
            fn audit(&self) {}
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/conditions.rs"]);
}

#[test]
fn include() {
    let item = quote!(impl Conductor {});
    let args = quote!(context = Context, include(driver, nodes(except(poll, "ipmi.sync")), 0));
    check(expand::manager(args, item), &expect_file!["expansions/include.rs"]);
}

#[test]
fn owner() {
    let item = quote! {
        impl Ipmi {
            #[periodic_task]
            async fn check(&self, conductor: &Conductor) {}
        }
    };
    check(expand::manager(quote!(owner = Conductor), item), &expect_file!["expansions/owner.rs"]);
}

#[test]
fn base() {
    let item = quote! {
        /// A base.
        pub trait Base: Send where Self: Sync {
            /// Reports.
            #[periodic_task(spacing = 60)]
            async fn report(&self, run: &Run) -> Result<(), Error> { self.send(run)?; Ok(()) }
            #[periodic_task]
            async fn required(&self) where Self: Send;
            #[periodic_task]
            fn plain(&self) {}
            fn send(&self, run: &Run) -> Result<(), Error>;
        }
    };
    check(expand::manager(quote!(context = Context), item), &expect_file!["expansions/base.rs"]);
}

#[test]
fn inherit() {
    let item = quote! {
        impl Compute {
            #[periodic_task]
            fn own(&self) {}
        }
    };
    let args = quote!(inherit(Base(except(report)), other::Second));
    check(expand::manager(args, item), &expect_file!["expansions/inherit.rs"]);
}

#[test]
fn open() {
    check(expand::manager(quote!(open), quote!(impl Compute {})), &expect_file!["expansions/open.rs"]);
}

#[test]
fn free_task() {
    let item = quote! {
        /// Audits.
        #[cfg(unix)]
        pub async fn audit(manager: &Compute, run: &Run) {}
    };
    check(
        expand::free_task(quote!(manager = nova::Compute, spacing = 60), item),
        &expect_file!["expansions/free_task.rs"],
    );
}

#[test]
fn renamed() {
    let item = quote! {
        impl Compute {
            #[my::periodic_task]
            fn audit(&self) {}
        }
    };
    check(
        expand::manager(quote!(crate = crate::deps::periodic, name = "compute"), item),
        &expect_file!["expansions/renamed.rs"],
    );
}

/// With a mistake, the user's code stays, and so does the dispatch for the callable tasks.
#[test]
fn mistakes() {
    let item = quote! {
        impl Compute {
            #[periodic_task(spacing = "5x", jittr = 3)]
            fn wrong_argument(&self) {}
            #[periodic_task]
            fn wrong_receiver(&mut self) {}
            #[periodic_task]
            fn sound(&self) {}
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/mistakes.rs"]);
}

#[test]
fn task_that_stands_alone() {
    check(
        expand::free_task(
            quote!(spacing = 3),
            quote!(
                fn audit() {}
            ),
        ),
        &expect_file!["expansions/task_that_stands_alone.rs"],
    );
}

#[test]
fn impl_of_a_trait() {
    let item = quote! {
        impl Base for Compute {
            #[periodic_task]
            fn report(&self) {}
        }
    };
    check(expand::manager(quote!(), item), &expect_file!["expansions/impl_of_a_trait.rs"]);
}

#[test]
fn remotable() {
    let item = quote! {
        impl ComputeNode {
            /// Reads it.
            #[remotable]
            pub async fn get(home: &Home, host: String, vcpus: u32) -> Result<Self, NodeError> { todo!() }
            #[cfg(unix)]
            #[periodic::remotable]
            async fn save(&mut self) -> Result<(), NodeError> { self.write().await }
            #[remotable]
            async fn r#match(&self, other: String) -> Result<bool, NodeError> { Ok(self.host == other) }
            async fn write(&self) -> Result<(), NodeError> { todo!() }
        }
    };
    check(crate::remotable::expand(quote!(home = at), item), &expect_file!["expansions/remotable.rs"]);
}

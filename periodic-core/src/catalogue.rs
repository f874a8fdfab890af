//! The declarations of every manager in the binary, with or without a value of it.
//!
//! The linker collects the entries ([`inventory`]). They only list; they never dispatch.

use core::fmt;

use crate::spec::TaskSpec;

/// The declaration of one `#[periodic_manager]`, or of one task outside its manager's `impl`.
#[derive(Debug)]
// Exhaustive, because the attribute makes it in the user's crate.
pub struct Declaration {
    /// The manager's name.
    pub manager: &'static str,
    /// The module of the declaration; it begins with the name of the crate.
    pub module: &'static str,
    /// The rows, in the order of the source.
    pub tasks: &'static [TaskSpec],
}

inventory::collect!(Declaration);

/// The declarations of the whole binary.
///
/// A crate that no code names is not linked, and then its declarations are missing. Write `use that_crate as _;` in the
/// binary, and [`expect`](Self::expect) it at start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Catalogue;

impl Catalogue {
    /// Returns all declarations, sorted by module and manager: the linker's order is not stable.
    pub fn declarations() -> Vec<&'static Declaration> {
        let key = |one: &Declaration| (one.module, one.manager, one.tasks.first().map(|task| task.name));
        let mut all: Vec<&'static Declaration> = Vec::new();
        for one in inventory::iter::<Declaration> {
            all.insert(all.partition_point(|other| key(other) <= key(one)), one);
        }
        all
    }

    /// Checks that a crate's declarations are linked in.
    ///
    /// `name` is the name of a crate (`my_tasks`) or the path of a module in it (`my_tasks::audit`).
    ///
    /// # Errors
    /// When no declaration comes from there. The error lists the crates found.
    pub fn expect(name: &str) -> Result<(), NotLinked> {
        let all = Self::declarations();
        let mut found = Vec::new();
        for one in all {
            let rest = one.module.strip_prefix(name);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::")) {
                return Ok(());
            }
            let krate = one.module.split_once("::").map_or(one.module, |(krate, _)| krate);
            if found.last() != Some(&krate) {
                found.push(krate);
            }
        }
        Err(NotLinked { name: name.into(), found })
    }
}

/// An error: no declaration comes from the expected crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotLinked {
    name: String,
    found: Vec<&'static str>,
}

impl fmt::Display for NotLinked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, found } = self;
        let krate = name.split("::").next().unwrap_or(name);
        write!(f, "no periodic task of `{name}` is linked into this binary; ")?;
        if found.is_empty() {
            f.write_str("there are no others either")?;
        } else {
            write!(f, "there are some of `{}`", found.join("`, `"))?;
        }
        write!(
            f,
            ". If the name is right, write `use {krate} as _;` in the binary, so that the crate is linked"
        )
    }
}

impl core::error::Error for NotLinked {}

//! The parser. It also runs in `const` evaluation, so it has no `?` and no iterators.

/// The operator `?` for a `const fn`.
macro_rules! ok {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

mod days;
mod expression;
mod fields;
mod item;
mod list;
mod part;
mod shorthand;
mod zone;

//! The tokens of clients, and the host for which each may speak.

mod accepted;
mod caller;
mod file;
mod token;

pub(super) use self::accepted::AcceptedTokens;
pub(crate) use self::caller::Caller;
pub(super) use self::file::only;
pub(super) use self::token::Token;

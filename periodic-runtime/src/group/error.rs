use std::num::NonZeroUsize;

/// Why a group did not take a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupError {
    /// It has as many members as it may have.
    #[error("the group is full, with {limit} members; wait until one has ended, or raise the limit")]
    Full {
        /// How many it may have.
        limit: NonZeroUsize,
    },
    /// It is being stopped, or has been.
    #[error("the group was stopped and takes no more members; make another")]
    Stopped,
    /// The caller is outside a tokio runtime.
    #[error("there is no tokio runtime to run a member on; add it inside one")]
    NoRuntime,
}

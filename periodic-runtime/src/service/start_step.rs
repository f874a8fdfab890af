use std::fmt;

/// The steps of a service's start, in order. A stop takes them back in the opposite order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StartStep {
    /// [`Hooks::init_host`](super::Hooks::init_host).
    InitHost,
    /// [`Registry::record`](super::Registry::record).
    Record,
    /// [`Hooks::pre_start_hook`](super::Hooks::pre_start_hook).
    PreStart,
    /// The endpoints.
    Endpoints,
    /// [`Hooks::post_start_hook`](super::Hooks::post_start_hook).
    PostStart,
    /// [`Registry::join`](super::Registry::join).
    Join,
}

impl fmt::Display for StartStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InitHost => "`init_host`",
            Self::Record => "the service's record",
            Self::PreStart => "`pre_start_hook`",
            Self::Endpoints => "the endpoints",
            Self::PostStart => "`post_start_hook`",
            Self::Join => "joining the membership",
        })
    }
}

/// What an engine can do, and what can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capabilities {
    /// How [`Membership::watch`](crate::Membership::watch) learns of changes.
    pub watch: Watching,
    /// Whether [`Membership::force_down`](crate::Membership::force_down) is offered.
    pub force_down: bool,
    /// Whether records outlive the engine's restart.
    pub durable: bool,
    /// Whose clock says how old a heartbeat is.
    pub clock: ClockSource,
    /// Whether the engine may forget members at any time, as a cache does: its answers are advice.
    pub advisory: bool,
    /// Whether a member whose heartbeats stop is down although the process that sent them to the engine goes on, as a
    /// conductor does for its nodes.
    pub ends_silent: bool,
}

/// How a watch learns of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Watching {
    /// The engine tells.
    Pushed,
    /// The members are read again and again, so a change that is undone in between is not seen.
    Polled,
}

/// Whose clock says how old a heartbeat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockSource {
    /// The engine's. A node whose own clock is wrong does no harm.
    Engine,
    /// That of each node: of the one that beats, and of the one that asks. They must agree to well within the down
    /// time.
    Local,
}

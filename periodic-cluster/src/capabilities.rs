/// The abilities and guarantees of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, and engines state them by name"
)]
#[non_exhaustive]
pub struct Capabilities {
    /// The way in which [`Membership::watch`](crate::Membership::watch) learns of changes.
    pub watch: Watching,
    /// Whether [`Membership::force_down`](crate::Membership::force_down) is offered.
    pub force_down: bool,
    /// Whether records survive a restart of the engine.
    pub durable: bool,
    /// The clock that measures the age of a heartbeat.
    pub clock: ClockSource,
    /// Whether the engine may drop members at any time, as a cache does: its answers are advice.
    pub advisory: bool,
    /// Whether a member without heartbeats is down even if the process that sent them to the engine continues, as a
    /// conductor does.
    pub ends_silent: bool,
}

impl Capabilities {
    /// Creates the abilities of an engine that has none but these; it sets the other fields that hold.
    pub const fn new(watch: Watching, clock: ClockSource) -> Self {
        Self { watch, force_down: false, durable: false, clock, advisory: false, ends_silent: false }
    }
}

/// The way in which a watch learns of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Watching {
    /// The engine pushes changes.
    Pushed,
    /// The members are read repeatedly, so a change that is undone in between is not seen.
    Polled,
}

/// The clock that measures the age of a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClockSource {
    /// The engine's clock. A wrong clock of a node has no effect.
    Engine,
    /// The clock of each node: of the one that beats, and of the one that asks. Their difference must be well below the
    /// down time.
    Local,
}

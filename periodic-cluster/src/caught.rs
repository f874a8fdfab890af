use periodic_core::task::catch_panic;

/// Runs `say`, which logs through `tracing`. A subscriber is the user's code: its panic must end no watch and no
/// conductor, and the panic hook has reported it.
pub(crate) fn catch_subscriber(say: impl FnOnce()) {
    let _ = catch_panic(say);
}

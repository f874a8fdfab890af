use periodic_core::task::catch_panic;

/// Says something through `tracing`. A subscriber is code of the user's: its panic must end no watch and no conductor,
/// and the panic hook has said it.
pub(crate) fn catch_subscriber(say: impl FnOnce()) {
    let _ = catch_panic(say);
}

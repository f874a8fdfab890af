use super::cron_message::Message;
use crate::spec::Cron;

pub use crate::task::{Dst, DstGap, DstRepeat};

/// The placeholder in a table for an expression that cannot be read; an assertion beside the table reports it.
const PLACEHOLDER: Cron = match Cron::parse("@daily") {
    Ok(cron) => cron,
    Err(_) => panic!("`@daily` is an expression"),
};

/// Returns the schedule of an expression, in UTC. [`check_cron`] reports a wrong one.
pub const fn cron(text: &'static str) -> Cron {
    match Cron::parse(text) {
        Ok(cron) => cron,
        Err(_) => PLACEHOLDER,
    }
}

/// Fails the build if a constant is no expression.
///
/// # Panics
/// At compile time, at the user's token.
#[track_caller]
pub const fn check_cron(text: &'static str) {
    if let Err(error) = Cron::parse(text) {
        panic!("{}", Message::new(&error, text).as_str());
    }
}

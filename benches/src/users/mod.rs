//! Tasks as users run them: on a runtime, with the machine's clocks.

pub mod contender;
pub mod load;
pub mod once;
pub mod probe;
pub mod sample;

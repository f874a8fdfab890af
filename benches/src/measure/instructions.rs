//! Goal B's instructions, which the gate counts.

use crate::finding::Finding;
use crate::gate;
use crate::rounds::Spread;

/// Returns the finding about the instructions of an inline run.
pub fn finding() -> Finding {
    match gate::count("runner_inline_10k") {
        Ok(count) => Finding::alone("inline_instructions", Spread::exact(count)).note(
            "a run is handed out, begun, ended and queued one after the other, each with a look at its row",
        ),
        Err(error) => Finding::not_measured("inline_instructions", error),
    }
}

//! The standard output of the examples.
//!
//! `println!` panics on a closed pipe, as in `| head -1`.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::process::exit;

/// Prints a line. Ends the program if that fails; silently on a closed pipe.
pub(crate) fn say(line: impl Display) {
    if let Err(error) = try_say(line) {
        exit(i32::from(error.kind() != ErrorKind::BrokenPipe));
    }
}

/// Prints a line.
pub(crate) fn try_say(line: impl Display) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

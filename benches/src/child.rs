//! Programs that run beside this one.

use std::path::Path;
use std::process::{Command, Stdio};

/// Returns the folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Returns the folder of this package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the standard output of a command.
///
/// # Errors
/// When the command cannot be started or fails; the error has the last line of its error output.
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .current_dir(repository())
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{name}` cannot be started: {error}"))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    if name == "timeout" && done.status.code() == Some(124) {
        return Err("it took longer than its bound".into());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(format!("`{name}` failed ({}): {}", done.status, said.trim().lines().last().unwrap_or_default()))
}

/// Returns the cargo that started this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the commands that build the programs of the measurement.
pub fn build_all() -> [Command; 4] {
    [
        "-p periodic-bench --bin periodic-bench-memory",
        // Not `--bins`: the program that runs now would be replaced.
        "-p periodic-bench --features apart --bin periodic-bench-holds --bin periodic-bench-year",
        "-p periodic-runtime --features precise --example lateness",
        "-p periodic-core --features cron --bench calendar",
    ]
    .map(|program| {
        let mut cargo = cargo();
        cargo.args(["build", "--release", "--quiet"]).args(program.split(' '));
        cargo
    })
}

/// Returns the command that runs a program of this package with its feature `apart`.
pub fn run_apart(name: &str) -> Command {
    let mut cargo = cargo();
    cargo.args([
        "run",
        "--release",
        "--quiet",
        "-p",
        "periodic-bench",
        "--features",
        "apart",
        "--bin",
        name,
        "--",
    ]);
    cargo
}

/// Returns a command that runs this program with other arguments.
///
/// # Errors
/// When the system does not state the program's path.
pub fn this_program() -> Result<Command, String> {
    let program = std::env::current_exe().map_err(|error| format!("this program is not found: {error}"))?;
    Ok(Command::new(program))
}

/// Returns the number after `key` in lines of `key number …` or in a line of `… key=number …`.
pub fn number(text: &str, key: &str) -> Option<f64> {
    let words = || text.split_whitespace();
    let after =
        words().zip(words().skip(1)).find_map(|(word, next)| (word == key).then(|| next.parse().ok())?);
    after.or_else(|| words().find_map(|word| word.strip_prefix(key)?.strip_prefix('=')?.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_key() {
        let text = "bytes 312.5\nbuild ours=24.1 base=12.4 ratio=1.94\nbroken x";
        assert_eq!(number(text, "bytes"), Some(312.5));
        assert_eq!(number(text, "ratio"), Some(1.94));
        assert_eq!(number(text, "broken"), None);
        assert_eq!(number(text, "rat"), None);
    }

    #[test]
    fn a_command_that_takes_too_long_says_so() {
        let error = output(Command::new("timeout").args(["0.01", "sleep", "10"]));
        assert_eq!(error.unwrap_err(), "it took longer than its bound");
    }

    #[test]
    fn a_command_that_fails_says_why() {
        let error = output(Command::new("sh").args(["-c", "echo first >&2; echo no such thing >&2; exit 3"]));
        assert_eq!(error.unwrap_err(), "`sh` failed (exit status: 3): no such thing");
    }
}

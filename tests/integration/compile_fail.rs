use std::io::Write as _;
use std::process::Command;

/// The compiler whose words the snapshots are.
const COMPILER: &str = "rustc 1.95.";

/// The compiler's message for a mistake: the file's name is the mistake.
///
/// `TRYBUILD=overwrite cargo test --test integration compile_fail` writes the messages anew.
#[test]
fn mistakes_are_explained() {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(compiler).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    if !version.starts_with(COMPILER) && std::env::var_os("TRYBUILD").is_none() {
        // Past the harness's capture: a skip must be seen.
        let skipped =
            format!("SKIPPED compile_fail: its snapshots are the words of {COMPILER}x, this is {version}");
        writeln!(std::io::stderr(), "{}", skipped.trim_end()).unwrap();
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    if cfg!(feature = "conductor") {
        cases.compile_fail("tests/ui/remotable/*.rs");
    }
}

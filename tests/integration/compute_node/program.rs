use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Whether this test has them; the programs get the same ones.
const FEATURES: [(&str, bool); 4] = [
    ("cluster", cfg!(feature = "cluster")),
    ("sqlite", cfg!(feature = "sqlite")),
    ("postgres", cfg!(feature = "postgres")),
    ("conductor", cfg!(feature = "conductor")),
];

/// An example. Cargo gives a test the path of none, so it is asked; as a rule all is built already.
pub(crate) fn program(name: &str) -> &'static Path {
    static PROGRAMS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    let programs = PROGRAMS.get_or_init(built);
    programs.iter().find(|program| program.ends_with(name)).unwrap_or_else(|| panic!("{name}: {programs:?}"))
}

/// All at once, and always with the same features: all files are built in one place.
fn built() -> Vec<PathBuf> {
    // The test binary lies in TARGET/PROFILE/deps.
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap();
    let features = FEATURES.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--message-format", "json", "--features", &features]);
    cargo.args(["--example", "compute_node"]);
    if cfg!(feature = "cluster") {
        cargo.args(["--example", "cluster_watch"]);
    }
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).arg("--target-dir").arg(target);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let built = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&built.stdout);
    assert!(built.status.success(), "{said}\n{}", String::from_utf8_lossy(&built.stderr));
    let program = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    };
    said.lines().filter_map(program).collect()
}

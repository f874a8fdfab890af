use std::path::PathBuf;
use std::{env, fs};

/// The user as whom a server runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct User {
    pub(crate) user: u32,
    pub(crate) group: u32,
}

/// Returns the user `name` of this machine if the tests run as root, because servers refuse root.
pub(crate) fn instead_of_root(name: &str) -> Option<User> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let found = fields.filter(|fields| fields.len() > 3).find(|fields| fields[0] == name);
    let found = found.unwrap_or_else(|| panic!("there is no user `{name}`"));
    Some(User { user: found[2].parse().unwrap(), group: found[3].parse().unwrap() })
}

/// Returns the place of `program`: on the path, or in a folder where Debian keeps programs of servers.
pub(crate) fn program(program: &str, package: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    // Debian keeps several versions of PostgreSQL side by side; the newest comes first.
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    let found = folders.into_iter().map(|folder| folder.join(program)).find(|path| path.is_file());
    found.or_else(|| missing(program, package))
}

/// Returns the path of a file, if it exists.
pub(crate) fn file(path: &str, package: &str) -> Option<PathBuf> {
    let file = PathBuf::from(path);
    if file.is_file() { Some(file) } else { missing(path, package) }
}

fn missing<T>(what: &str, package: &str) -> Option<T> {
    let text = format!("`{what}` is not installed (Debian: apt-get install {package})");
    let required = env::var("PERIODIC_REQUIRE_SERVERS").is_ok_and(|value| value == "1");
    assert!(!required, "{text}, and PERIODIC_REQUIRE_SERVERS=1 asks for it");
    eprintln!("SKIPPED: {text}");
    None
}

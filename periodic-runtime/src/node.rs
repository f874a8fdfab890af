/// Returns this host's name, by which jitter and `H` differ between hosts; `localhost` if the name is unknown.
pub(crate) fn host_name() -> String {
    read()
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "localhost".into())
}

/// Reads the name that `uname` returns; std has no function for it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn read() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/hostname").ok()
}

/// Asks the system: shells do not export `HOSTNAME`, and macOS does not set it.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn read() -> Option<String> {
    Some(gethostname::gethostname().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_name_that_the_system_says() {
        let command = if cfg!(windows) { "hostname" } else { "uname" };
        let arguments: &[&str] = if cfg!(windows) { &[] } else { &["-n"] };
        let said = std::process::Command::new(command).args(arguments).output().unwrap();
        assert_eq!(host_name(), String::from_utf8(said.stdout).unwrap().trim());
    }
}

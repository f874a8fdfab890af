/// This host's name, by which jitter and `H` differ from those of other hosts; `localhost` where none is known.
pub(crate) fn host_name() -> String {
    read()
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "localhost".into())
}

/// What `uname` answers, which has no name in std.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn read() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/hostname").ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn read() -> Option<String> {
    std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_name_that_uname_says() {
        let said = std::process::Command::new("uname").arg("-n").output().unwrap();
        assert_eq!(host_name(), String::from_utf8(said.stdout).unwrap().trim());
    }
}

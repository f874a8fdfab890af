/// This host's name, by which jitter and `H` differ from those of other hosts; `localhost` where none is known.
pub(crate) fn host_name() -> String {
    read().filter(|name| !name.is_empty()).unwrap_or_else(|| "localhost".into())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn read() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn read() -> Option<String> {
    std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok()
}

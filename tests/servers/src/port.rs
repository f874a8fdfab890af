use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

/// Returns a free port of 127.0.0.1.
///
/// It is below the ports that the kernel gives to clients. Otherwise a client could take the port of a stopped server,
/// or be connected to itself.
pub(crate) fn free() -> u16 {
    const FIRST: u32 = 12_000;
    const COUNT: u32 = 20_000;
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(97);
    for _ in 0..COUNT {
        let number = start.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(FIRST + number % COUNT).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("every port is taken");
}

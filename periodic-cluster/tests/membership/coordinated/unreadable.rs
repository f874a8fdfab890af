use periodic_cluster::Membership;
use periodic_test_support::LogCapture;

use crate::fixture::{compute, enter};

/// The data that `spoil` writes into the record of `node-2` hides no other member, and is logged once.
pub(crate) async fn is_skipped(driver: &impl Membership, spoil: impl AsyncFn(&'static [u8])) {
    let said = LogCapture::default();
    let _guard = said.listen();
    enter(driver, &compute("node-1")).await;
    enter(driver, &compute("node-2")).await;
    let hosts = async || {
        let members = driver.members().await.unwrap();
        members.into_iter().map(|member| member.host).collect::<Vec<_>>()
    };
    let lines = || said.containing("cannot be read");
    for times in 1..=2 {
        spoil(b"theirs \x1b[2J").await;
        for _ in 0..3 {
            assert_eq!(hosts().await, ["node-1"]);
        }
        assert_eq!(lines().len(), times, "{:?}", lines());
        let line = lines().pop().unwrap();
        assert!(line.starts_with("WARN") && line.contains("nova-compute@node-2"), "{line}");
        assert!(line.contains("found the line `theirs \\u{1b}[2J`") && !line.contains('\x1b'), "{line}");
        // Repaired, and spoilt again: that is another event.
        spoil(b"topic=compute\nforced_down=false\n").await;
        assert_eq!(hosts().await, ["node-1", "node-2"]);
    }
}

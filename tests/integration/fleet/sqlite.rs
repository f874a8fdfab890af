use std::time::Instant;

use rustix::process::Signal;

use super::scene::Fleet;

#[test]
fn a_node_that_is_killed_is_down_after_the_down_time() {
    let fleet = Fleet::new("sqlite:DIRECTORY/nodes.db");
    let [first, second, third] = ["node-1", "node-2", "node-3"].map(|host| fleet.node(host));
    fleet.shows_with(&["node-1", "node-2", "node-3"], |seen| seen.iter().all(|one| one.report_count > 0));

    let killed = Instant::now();
    second.signal(Signal::KILL);
    assert_eq!(second.ended().0, None);
    fleet.shows(&["node-1", "node-3"]);
    assert!(killed.elapsed() >= Fleet::LEAST, "{:?}", killed.elapsed());

    let again = fleet.node("node-2");
    fleet.shows(&["node-1", "node-2", "node-3"]);

    // One that is stopped is down as soon as it has ended.
    let stopped = Instant::now();
    third.signal(Signal::TERM);
    assert_eq!(third.ended().0, Some(0));
    fleet.shows_with(&["node-1", "node-2"], |seen| seen.len() == 3);
    assert!(stopped.elapsed() < Fleet::LEAST, "{:?}", stopped.elapsed());
    drop((first, again));
}

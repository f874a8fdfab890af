use periodic_test_servers::Server;
use rustix::process::Signal;

use super::scene::Fleet;

#[tokio::test]
async fn nodes_outlive_their_store() {
    let Some(server) = Server::postgres().await else { return };
    let fleet = Fleet::new(&format!("postgres://postgres@{}/postgres", server.address()));
    let [first, second, third] = ["node-1", "node-2", "node-3"].map(|host| fleet.node(host));
    fleet.shows(&["node-1", "node-2", "node-3"]);
    second.signal(Signal::KILL);
    fleet.shows(&["node-1", "node-3"]);

    server.kill();
    for node in [&first, &third] {
        node.logs("a heartbeat failed");
    }
    server.restart().await;
    for node in [&first, &third] {
        node.logs("heartbeats succeed again");
    }
    fleet.shows(&["node-1", "node-3"]);
    // And it stays so.
    fleet.shows_with(&["node-1", "node-3"], |seen| {
        seen.iter().filter(|one| one.up).all(|one| one.report_count > 10)
    });
    for node in [first, third] {
        node.signal(Signal::TERM);
        assert_eq!(node.ended().0, Some(0));
    }
    fleet.shows(&[]);
}

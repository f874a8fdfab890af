//! Clients that send slowly, or never read.

use super::*;

#[tokio::test(start_paused = true)]
async fn who_says_nothing_has_ten_seconds() {
    assert_eq!(Conductor::new().connect().await.ends_after().await, 10);
}

#[tokio::test(start_paused = true)]
async fn slow_headers_of_a_stranger_have_ten_seconds() {
    let mut client = Conductor::new().connect().await;
    client.trickles(request(OPERATOR, "/v1/ping", "", "null").as_bytes()).await;
    assert!((10..=11).contains(&client.ends_after().await));
}

#[tokio::test(start_paused = true)]
async fn a_known_client_may_be_idle_for_thirty_seconds() {
    let conductor = Conductor::new();
    let ping = request(OPERATOR, "/v1/ping", "", "null");
    let mut client = conductor.connect().await;
    client.sends(ping.as_bytes()).await;
    client.answer_with("}").await;
    tokio::time::sleep(Duration::from_secs(29)).await;
    client.sends(ping.as_bytes()).await;
    client.answer_with("}").await;
    // Then headers that do not end. The client has a second to read the last answer.
    client.trickles(format!("{ping:1000}").replacen("POST", "POST /", 1).as_bytes()).await;
    assert!((59..=61).contains(&client.ends_after().await));
}

#[tokio::test(start_paused = true)]
async fn who_is_idle_is_closed() {
    let mut client = Conductor::new().connect().await;
    client.sends(request(OPERATOR, "/v1/ping", "", "null").as_bytes()).await;
    client.answer_with("}").await;
    assert_eq!(client.ends_after().await, 31);
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_is_not_waited_for() {
    let mut client = Conductor::new().connect().await;
    let whole = request(OPERATOR, "/v1/ping", "", &" ".repeat(1000));
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    client.sends(format!("{head}\r\n\r\n").as_bytes()).await;
    client.trickles(body.as_bytes()).await;
    let answers = client.answers().await;
    assert!(answers.starts_with("HTTP/1.1 408 ") && answers.contains("connection: close"), "{answers}");
    assert!((10..=12).contains(&client.ends_after().await));
}

#[tokio::test(start_paused = true)]
async fn who_shows_a_token_and_reads_nothing_is_closed() {
    let mut client = Conductor::new().connect().await;
    let requests = request(OPERATOR, "/v1/members", "", "null").repeat(1000);
    // It writes until the conductor reads no more, because nothing that it writes is read.
    client.sends(requests.as_bytes()).await;
    assert!((10..=11).contains(&client.ends_after().await));
}

#[tokio::test(start_paused = true)]
async fn who_shows_no_token_is_answered_once_and_closed() {
    let mut client = Conductor::new().connect().await;
    client.sends("POST /v1/members HTTP/1.1\r\nHost: x\r\n\r\n".repeat(30).as_bytes()).await;
    let answers = client.answers().await;
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    assert!(answers.starts_with("HTTP/1.1 401 "), "{answers}");
    assert!(answers.contains("www-authenticate: Bearer\r\n"), "{answers}");
    assert!(answers.contains("connection: close\r\n"), "{answers}");
    // The client keeps the connection open, but the conductor does not wait for it.
    assert!(client.ends_after().await <= 1);
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_not_read_is_ended() {
    let conductor = Conductor::new();
    let mut client = conductor.connect().await;
    client.sends(request(OPERATOR, "/v1/watch", "", "null").as_bytes()).await;
    client.answer_with("\r\n\r\n").await;
    // An empty line each five seconds fills 4 KiB after an hour, and then there is no more room.
    let ends = client.ends_after().await;
    assert!((3_000..5_000).contains(&ends), "{ends}");
    assert!(conductor.places.take([10, 0, 0, 1].into()).await.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_half_closes_is_let_go() {
    let mut client = Conductor::new().connect().await;
    client.stream.write_all(b"POST /v1/ping HTTP/1.1\r\nHost").await.unwrap();
    client.stream.shutdown().await.unwrap();
    assert_eq!(client.ends_after().await, 0);
}

#[tokio::test(start_paused = true)]
async fn who_promises_bodies_and_sends_none_holds_up_itself_alone() {
    let conductor = Conductor::new();
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut client = conductor.connect().await;
        let head = request(NODE, "/v1/ping", "", &" ".repeat(1 << 20));
        client.sends(&head.as_bytes()[..2_000]).await;
        slow.push(client);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    let long = format!("{}null", " ".repeat(100_000));
    assert_eq!(conductor.asks(OPERATOR, "/v1/ping", &long).await.0, 200);
    // A small body needs no room. A long one waits until the bodies before it time out.
    assert_eq!(conductor.asks(NODE, "/v1/ping", "null").await.0, 200);
    assert_eq!(begun.elapsed().as_secs(), 0);
    assert_eq!(conductor.asks(NODE, "/v1/ping", &long).await.0, 200);
    assert_eq!(begun.elapsed().as_secs(), 9);
}

#[tokio::test(start_paused = true)]
async fn who_sends_many_requests_at_once_holds_up_nobody() {
    let conductor = Conductor::new();
    let mut greedy = conductor.connect_by(1 << 20).await;
    let ping = request(OPERATOR, "/v1/ping", "", "null");
    greedy.sends(ping.repeat(1000).as_bytes()).await;
    greedy.answer_with("}").await;
    let mut other = conductor.connect().await;
    other.sends(ping.as_bytes()).await;
    other.answer_with("}").await;
    // Most of the thousand are not answered yet.
    let mut answers = vec![0; 1 << 20];
    let read = greedy.stream.read(&mut answers).await.unwrap();
    let answered = String::from_utf8_lossy(&answers[..read]).matches("HTTP/1.1 200").count();
    assert!(answered < 500, "{answered}");
}

//! The hosts for which a token speaks.

use serde::{Deserialize, Serialize};

use super::*;
use crate::remotable::{CallError, Home, Remotable, Value};

fn service(host: &str) -> String {
    format!(r#"{{"host":"{host}","binary":"nova-compute","topic":"compute","pid":1,"run":2}}"#)
}

#[tokio::test(start_paused = true)]
async fn the_token_of_a_host_speaks_for_that_host_alone() {
    let conductor = Conductor::new();
    for path in ["/v1/record", "/v1/join", "/v1/beat", "/v1/duplicate", "/v1/leave"] {
        assert_eq!(conductor.asks(OPERATOR, path, &service("node-2")).await.0, 200, "{path}");
        let (status, answer) = conductor.asks(NODE, path, &service("node-2")).await;
        assert_eq!(status, 403, "{path}: {answer}");
        assert!(
            answer.contains("this token speaks for host `node-1` alone, not for host `node-2`"),
            "{answer}"
        );
        assert_eq!(conductor.asks(NODE, path, &service("node-1")).await.0, 200, "{path}");
    }
    // Every token may read the members.
    let (_, members) = conductor.asks(NODE, "/v1/members", "null").await;
    assert!(members.contains("node-1") && members.contains("node-2"), "{members}");
}

#[tokio::test(start_paused = true)]
async fn no_host_forces_any_down_not_even_itself() {
    let conductor = Conductor::new();
    assert_eq!(conductor.asks(NODE, "/v1/record", &service("node-1")).await.0, 200);
    for down in [true, false] {
        let asked = format!(r#"{{"host":"node-1","service":"nova-compute","down":{down}}}"#);
        let (status, answer) = conductor.asks(NODE, "/v1/force_down", &asked).await;
        assert!(status == 403 && answer.contains("forcing down needs a token for every host"), "{answer}");
        assert_eq!(conductor.asks(OPERATOR, "/v1/force_down", &asked).await.0, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_has_sixty_four_services() {
    let conductor = Conductor::new();
    let named = |number: usize| service("node-1").replace("nova-compute", &format!("service-{number}"));
    for number in 0..64 {
        assert_eq!(conductor.asks(NODE, "/v1/record", &named(number)).await.0, 200);
    }
    let (status, answer) = conductor.asks(NODE, "/v1/record", &named(64)).await;
    assert!(status == 403 && answer.contains("which already has 64 services"), "{answer}");
    // Known services may be recorded again, and an invalid name does not count.
    assert_eq!(conductor.asks(NODE, "/v1/record", &named(63)).await.0, 200);
    assert_eq!(conductor.asks(NODE, "/v1/record", &named(64).replace("-64", "*")).await.0, 400);
    assert_eq!(conductor.asks(OPERATOR, "/v1/record", &named(64)).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn a_host_names_two_hundred_and_fifty_six_processes_in_a_down_time() {
    let conductor = Conductor::new();
    let run = |number: usize| service("node-1").replace(r#""run":2"#, &format!(r#""run":{number}"#));
    assert_eq!(conductor.asks(NODE, "/v1/record", &run(0)).await.0, 200);
    for number in 0..256 {
        let path = ["/v1/join", "/v1/beat", "/v1/leave"][number % 3];
        assert_eq!(conductor.asks(NODE, path, &run(number)).await.0, 200);
    }
    for path in ["/v1/join", "/v1/beat", "/v1/leave"] {
        let (status, answer) = conductor.asks(NODE, path, &run(256)).await;
        assert!(status == 403 && answer.contains("which named 256 processes within a down time"), "{answer}");
    }
    // Known processes are still accepted, and so are other callers.
    assert_eq!(conductor.asks(NODE, "/v1/join", &run(255)).await.0, 200);
    assert_eq!(conductor.asks(OPERATOR, "/v1/join", &run(256)).await.0, 200);
    tokio::time::advance(Duration::from_secs(61)).await;
    assert_eq!(conductor.asks(NODE, "/v1/join", &run(256)).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn another_process_is_told_of() {
    let conductor = Conductor::new();
    let other = service("node-1").replace(r#""run":2"#, r#""run":3"#);
    for path in ["/v1/record", "/v1/join", "/v1/beat"] {
        assert_eq!(conductor.asks(NODE, path, &service("node-1")).await.0, 200);
    }
    assert_eq!(conductor.asks(NODE, "/v1/duplicate", &service("node-1")).await, (200, "null".to_owned()));
    assert_eq!(conductor.asks(NODE, "/v1/duplicate", &other).await, (200, "[1,2]".to_owned()));
}

#[derive(Serialize, Deserialize)]
struct Record {
    host: String,
    #[serde(skip)]
    home: Home,
}

impl Remotable for Record {
    const NAME: &'static str = "Record";

    fn home(&self) -> &Home {
        &self.home
    }

    fn settle(&mut self, home: &Home) {
        self.home = home.clone();
    }

    async fn run(&mut self, _: &str, _: Value) -> Result<Value, CallError> {
        Ok(Value(self.home.speaks_for(&self.host).into()))
    }

    async fn run_static(_: &str, home: &Home, Value(arguments): Value) -> Result<Value, CallError> {
        Ok(Value(home.speaks_for(arguments[0].as_str().unwrap()).into()))
    }
}

fn call(host: &str) -> [String; 2] {
    [
        format!(r#"{{"object":"Record","method":"save","fields":{{"host":"{host}"}},"arguments":[]}}"#),
        format!(r#"{{"object":"Record","method":"save","fields":null,"arguments":["{host}"]}}"#),
    ]
}

#[tokio::test(start_paused = true)]
async fn methods_are_told_who_calls() {
    let conductor = Conductor::with(|server| server.object_for_hosts::<Record>(Home::here()));
    for (token, host, may) in [
        (NODE, "node-1", true),
        (NODE, "node-2", false),
        (OPERATOR, "node-1", true),
        (OPERATOR, "node-2", true),
    ] {
        for call in call(host) {
            let (status, answer) = conductor.asks(token, "/v1/object", &call).await;
            assert_eq!(status, 200, "{answer}");
            assert!(answer.contains(&format!(r#""result":{may}"#)), "{token} {call}: {answer}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn methods_that_do_not_ask_are_not_for_hosts() {
    let conductor = Conductor::with(|server| server.object::<Record>(Home::here()));
    for call in call("node-1") {
        let (status, answer) = conductor.asks(NODE, "/v1/object", &call).await;
        assert!(status == 403 && answer.contains("objects of type `Record`"), "{answer}");
        assert_eq!(conductor.asks(OPERATOR, "/v1/object", &call).await.0, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_has_sixteen_watches() {
    let conductor = Conductor::new();
    let watch = request(NODE, "/v1/watch", "", "null");
    let mut watching = Vec::new();
    for _ in 0..16 {
        let mut client = conductor.connect().await;
        client.sends(watch.as_bytes()).await;
        assert!(client.answer_with("\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
        watching.push(client);
    }
    assert_eq!(conductor.asks(NODE, "/v1/watch", "null").await.0, 429);
    // It does not block other callers.
    let mut client = conductor.connect().await;
    client.sends(watch.replace(NODE, OPERATOR).as_bytes()).await;
    assert!(client.answer_with("\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    // A watch that ends makes room.
    let Client { stream, serving, .. } = watching.pop().unwrap();
    drop(stream);
    serving.await.unwrap();
    let mut client = conductor.connect().await;
    client.sends(watch.as_bytes()).await;
    assert!(client.answer_with("\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
}

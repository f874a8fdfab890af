//! The content of requests.

use super::*;

fn service(more: &str) -> String {
    format!(r#"{{"host":"node-1","binary":"nova-compute","topic":"compute","pid":1,"run":2{more}}}"#)
}

#[tokio::test(start_paused = true)]
async fn bodies_that_say_something_else() {
    let conductor = Conductor::new();
    assert_eq!(conductor.asks(OPERATOR, "/v1/record", &service("")).await, (200, "true".into()));
    let deep = "[".repeat(200_000);
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"host\":",
        &service("").replace(":1,", ":-1,"),
        &service("").replace(":1,", ":4294967296,"),
        &service("").replace(":1,", ":1.5,"),
        &service("").replace(":2}", ":1e999}"),
        &service("").replace(":2}", ":18446744073709551616}"),
        &service("").replace(":2}", ":NaN}"),
        &service("").replace("\"node-1\"", "\"\\ud800\""),
        &service("").replace("\"node-1\"", "\"a\nb\""),
        &service("").replace("\"node-1\"", "{\"a\":1}"),
        &service(r#","host":"node-2""#),
        &service("").replace('}', "}}"),
        &deep,
        &format!("{{\"a\":{deep}"),
    ] {
        let (status, answer) = conductor.asks(OPERATOR, "/v1/join", body).await;
        assert!(
            status == 400 && answer.contains("the request cannot be read"),
            "{body:.99}: {status} {answer}"
        );
    }
    // Fields that a newer client may add are ignored.
    assert_eq!(conductor.asks(OPERATOR, "/v1/join", &service(r#","more":{"a":[]}"#)).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_utf_8() {
    let mut client = Conductor::new().connect().await;
    let text =
        request(OPERATOR, "/v1/join", "Connection: close\r\n", &service("").replace("node-1", "node-XX"));
    client
        .sends(
            &text
                .into_bytes()
                .iter()
                .map(|byte| if *byte == b'X' { 0xff } else { *byte })
                .collect::<Vec<_>>(),
        )
        .await;
    assert!(client.answers().await.starts_with("HTTP/1.1 400 "));
}

#[tokio::test(start_paused = true)]
async fn an_answer_does_not_repeat_a_long_request() {
    let conductor = Conductor::new();
    let long = "x".repeat(500_000);
    for (path, body) in [
        ("/v1/join", service("").replace(":1,", &format!(":\"{long}\","))),
        ("/v1/object", format!(r#"{{"object":"{long}","method":"{long}","fields":null,"arguments":[]}}"#)),
        ("/v1/object", format!(r#"{{"object":"{long}","method":["{long}"],"fields":null,"arguments":[]}}"#)),
    ] {
        let (_, answer) = conductor.asks(OPERATOR, path, &body).await;
        assert!(answer.len() < 10_000, "{path}: {} bytes", answer.len());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_number_of_values() {
    let conductor = Conductor::new();
    let call = |count: usize| {
        let fields = "{},".repeat(count);
        format!(r#"{{"object":"X","method":"m","fields":{{"a":[{fields}0]}},"arguments":[]}}"#)
    };
    let (status, answer) = conductor.asks(OPERATOR, "/v1/object", &call(50_000)).await;
    assert!(status == 413 && answer.contains("more than 50000 values"), "{answer}");
    assert_eq!(conductor.asks(OPERATOR, "/v1/object", &call(24_000)).await.0, 200);
}

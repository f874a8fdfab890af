//! Requests of unusual shapes.

use super::*;

/// Each request gets one of its statuses, once, and then the connection ends.
async fn ends_with(cases: &[(&str, &str)]) {
    let conductor = Conductor::new();
    for (request, status) in cases {
        let request = request.replace("TOKEN", &format!("Authorization: Bearer {OPERATOR}\r\nHost: x"));
        let mut client = conductor.connect().await;
        client.sends(request.as_bytes()).await;
        let answers = client.answers().await;
        let statuses: Vec<_> = answers.split("HTTP/1.").skip(1).map(|answer| &answer[2..5]).collect();
        assert_eq!(statuses.join(" "), *status, "{request:.200}: {answers:.400}");
        assert!(client.ends_after().await <= 31, "{request:.200}");
    }
}

#[tokio::test(start_paused = true)]
async fn where_a_body_ends_is_never_in_doubt() {
    ends_with(&[
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nnull1", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: 4, 5\r\n\r\nnull1", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: +4\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: -4\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: 18446744073709551617\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length : 4\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nX: y\r\n Content-Length: 4\r\n\r\nnull", "400"),
        // A second request follows each. It must get no answer.
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n0\r\n\r\nPOST /v1/ping HTTP/1.1\r\nTOKEN\r\n\r\n", "411"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /v1/ping HTTP/1.1\r\nTOKEN\r\n\r\n", "411"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nPOST /v1/ping HTTP/1.1\r\nTOKEN\r\n\r\n", "411"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nTransfer-Encoding: xchunked\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nTransfer-Encoding: chunked, identity\r\n\r\nnull", "400"),
        ("POST /v1/ping HTTP/1.0\r\nTOKEN\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n0\r\n\r\n", "400"),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_chunked_body_without_an_end_is_not_read() {
    let mut client = Conductor::new().connect().await;
    let head = format!(
        "POST /v1/ping HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {OPERATOR}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    client.sends(head.as_bytes()).await;
    client.trickles("1\r\n \r\n".repeat(100).as_bytes()).await;
    assert!(client.answers().await.starts_with("HTTP/1.1 411 "));
    assert!(client.ends_after().await <= 2);
}

#[tokio::test(start_paused = true)]
async fn headers_are_bounded() {
    let long = format!("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!("POST /v1/ping HTTP/1.1\r\nTOKEN\r\n{}\r\n", "X: y\r\n".repeat(63));
    let path = format!("POST /{} HTTP/1.1\r\nTOKEN\r\n\r\n", "x".repeat(200_000));
    let endless = "x".repeat(200_000);
    ends_with(&[(&long, "431"), (&many, "431"), (&path, "431"), (&endless, "431")]).await;
}

#[tokio::test(start_paused = true)]
async fn other_protocols_and_methods() {
    ends_with(&[
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}", "400"),
        ("GET /\r\n\r\n", "400"),
        ("POST /v1/ping HTTP/1.2\r\nTOKEN\r\n\r\n", "400"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nX: a\0b\r\n\r\n", "400"),
        ("GET /v1/members HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "405"),
        ("GET /v1/members HTTP/1.1\r\nTOKEN\r\nConnection: close\r\nContent-Length: 4\r\n\r\nnull", "405"),
        ("BREW /pot HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "405"),
        ("OPTIONS * HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "405"),
        ("CONNECT db:5432 HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "405"),
        ("POST * HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "404"),
        ("POST /v1/../v1/ping HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "404"),
        ("POST /v1/ping/ HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "404"),
        ("POST /V1/PING HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "404"),
        ("POST /v1/ping?x=y HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "200"),
        ("POST http://other/v1/ping HTTP/1.1\r\nTOKEN\r\nConnection: close\r\n\r\n", "200"),
        ("POST /v1/ping HTTP/1.1\r\nTOKEN\r\nConnection: close\r\nUpgrade: h2c\r\n\r\n", "200"),
        ("POST /v1/ping HTTP/1.0\r\nTOKEN\r\n\r\n", "200"),
        ("\r\n\r\nPOST /v1/ping HTTP/1.0\r\nTOKEN\r\n\r\n", "200"),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn pipelined_requests_are_answered_in_turn() {
    let pipelined = request(OPERATOR, "/v1/members", "", "null").repeat(99);
    let last = request(OPERATOR, "/v1/ping", "Connection: close\r\n", "null");
    let answers = Conductor::new().answers(&(pipelined + &last)).await;
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 100);
}

#[tokio::test(start_paused = true)]
async fn who_asks_before_it_sends_is_encouraged_only_with_a_token() {
    let conductor = Conductor::new();
    let expecting =
        |token| request(token, "/v1/ping", "Connection: close\r\nExpect: 100-continue\r\n", "null");
    let answers = conductor.answers(&expecting(OPERATOR)).await;
    assert!(answers.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "), "{answers}");
    let answers = conductor.answers(&expecting("another-token-00")).await;
    assert!(answers.starts_with("HTTP/1.1 401 "), "{answers}");
}

#[tokio::test(start_paused = true)]
async fn a_long_request_without_a_token_is_not_read_and_is_told_so() {
    let mut client = Conductor::new().connect().await;
    // More than any buffer holds, so the client reads the answer while it still sends.
    client.sends(request("another-token-00", "/v1/join", "", &"x".repeat(1_000_000)).as_bytes()).await;
    assert!(client.answers().await.starts_with("HTTP/1.1 401 "));
}

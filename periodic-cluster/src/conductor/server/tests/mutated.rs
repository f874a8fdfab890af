//! Requests of a correct client whose bytes were changed on the way, with the token of `node-1`.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use super::*;

/// The number of scripts that are the same in each run, and of those that are drawn anew.
const SCRIPTS: u64 = 250;

/// The longest life of a connection: it shows a token, sends its headers, a body, and waits for the next request.
const LONGEST: Duration = Duration::from_secs(120);

struct Draw(u64);

impl Draw {
    /// Returns a number below `end`, by `SplitMix64`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn request(&mut self) -> Vec<u8> {
        let service = r#"{"host":"node-1","binary":"nova-compute","topic":"compute","pid":1,"run":2}"#;
        let force = r#"{"host":"node-2","service":"nova-compute","down":true}"#;
        let call = r#"{"object":"Record","method":"save","fields":{"host":"node-2"},"arguments":[]}"#;
        let (path, body) = [
            ("/v1/ping", "null"),
            ("/v1/record", service),
            ("/v1/join", service),
            ("/v1/beat", service),
            ("/v1/leave", service),
            ("/v1/duplicate", service),
            ("/v1/members", "null"),
            ("/v1/watch", "null"),
            ("/v1/force_down", force),
            ("/v1/object", call),
        ][self.below(10)];
        let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        let lengths = ["4", "0", "99", "18446744073709551615", "4, 4", "-1", "0x4"];
        let length = lengths[self.below(lengths.len())];
        let flood = "X: y\r\n".repeat(self.below(200));
        let target = format!("http://conductor:1{path}");
        let text = match self.below(16) {
            0 => request(NODE, path, &format!("Content-Length: {length}\r\n"), body),
            1 => request(NODE, path, "Transfer-Encoding: chunked\r\n", body),
            2 => request(NODE, path, "Transfer-Encoding: chunked\r\n", &chunked),
            3 => {
                request(NODE, path, "", &chunked).replace("Content-Length", "Transfer-Encoding: chunked\r\nX")
            }
            4 => request(NODE, path, &flood, body),
            5 => request(NODE, &target, "", body),
            6 => request(NODE, path, "Expect: 100-continue\r\n", body),
            7 => request(NODE, path, "Connection: close\r\n", body),
            8 => request(NODE, path, "", &body.replace("node-1", "node-2")),
            9 => request(NODE, path, "", body)
                .replace("Authorization", "authorization: Bearer x\r\nAuthorization"),
            _ => request(NODE, path, "", body),
        };
        text.into_bytes()
    }

    /// Flips, cuts, doubles or inserts some bytes.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len().max(1));
        let end = bytes.len().min(at + 1 + self.below(40));
        match self.below(4) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << self.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let doubled = bytes[at..end].to_vec();
                bytes.splice(at..at, doubled);
            }
            _ => {
                let inserted =
                    [&b"\r\n"[..], b"\0", b"\xff\xfe", b" ", b"Content-Length: 7\r\n", b"9999999999"];
                bytes.splice(at..at, inserted[self.below(inserted.len())].iter().copied());
            }
        }
    }
}

/// Returns the members of other hosts than `node-1`.
async fn others(conductor: &Conductor) -> Vec<String> {
    let (status, members) = conductor.asks(OPERATOR, "/v1/members", "null").await;
    assert_eq!(status, 200, "{members}");
    let members: Vec<serde_json::Value> = serde_json::from_str(&members).unwrap();
    let others = members.into_iter().filter(|member| member["host"] != "node-1");
    let mut others: Vec<_> = others
        .map(|mut member| {
            // Its age grows in any case.
            if let Some(age) = member.pointer_mut("/sign/heartbeat/age") {
                age.take();
            }
            member.to_string()
        })
        .collect();
    others.sort();
    others
}

async fn script(conductor: &Conductor, seed: u64) {
    let mut draw = Draw(seed);
    let mut bytes = Vec::new();
    for _ in 0..=draw.below(3) {
        bytes.extend(draw.request());
    }
    for _ in 0..draw.below(4) {
        draw.mutate(&mut bytes);
    }
    let closes = draw.below(2) == 0;
    let Client { stream, serving, .. } = conductor.connect().await;
    let (mut from, mut to) = tokio::io::split(stream);
    let mut answers = Vec::new();
    let sends = async {
        let _ = to.write_all(&bytes).await;
        if closes {
            let _ = to.shutdown().await;
        }
    };
    let talks = async { tokio::join!(sends, from.read_to_end(&mut answers)) };
    let ends = tokio::time::timeout(LONGEST, talks).await.is_ok();
    let shown = (bytes.escape_ascii().to_string(), answers.escape_ascii().to_string());
    // The answer of a watch has no end.
    let watches = shown.0.contains("/v1/watch");
    assert!(ends || watches, "the connection goes on: {shown:?}");
    assert!(answers.is_empty() || answers.starts_with(b"HTTP/1."), "{shown:?}");
    assert!(!shown.1.contains("HTTP/1.1 5") && !shown.1.contains("HTTP/1.0 5"), "{shown:?}");
    drop((from, to));
    let served = tokio::time::timeout(LONGEST, serving).await;
    served.unwrap_or_else(|_| panic!("the conductor keeps the connection: {shown:?}")).unwrap();
}

async fn scripts(seed: u64, count: u64) {
    let group = ServiceGroup::new(MemoryMembership::new(), ServiceGroup::DOWN_TIME);
    // A connection that is kept takes one of few places.
    let conductor = Conductor { places: Places::new(12, 12), ..Conductor::of(&group) };
    let other = r#"{"host":"node-2","binary":"nova-compute","topic":"compute","pid":1,"run":2}"#;
    for path in ["/v1/record", "/v1/join"] {
        assert_eq!(conductor.asks(OPERATOR, path, other).await.0, 200);
    }
    let before = others(&conductor).await;
    assert_eq!(before.len(), 1);
    for seed in (0..count).map(|number| seed.wrapping_add(number)) {
        let said = format!("the script of the seed {seed}");
        tokio::time::timeout(4 * LONGEST, script(&conductor, seed)).await.expect(&said);
        assert_eq!(others(&conductor).await, before, "{said}");
    }
}

#[tokio::test(start_paused = true)]
async fn changed_bytes_harm_no_other() {
    scripts(0, SCRIPTS).await;
}

#[tokio::test(start_paused = true)]
async fn newly_changed_bytes_harm_no_other() {
    let asked_for = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    scripts(RandomState::new().hash_one(()), asked_for.unwrap_or(0).max(SCRIPTS)).await;
}

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::Instant;

use super::Client;
use super::call::BOUND;
use super::lines::{Endless, Lines};
use super::link::Link;
use crate::conductor::wire::{self, Told, path};
use crate::names::has_names;
use crate::watch::Known;
use crate::{Change, ChangeSender, Changes, Member, Membership as _, MembershipError};

/// After how long without a line, of which an empty one comes every five seconds, the conductor is lost.
const SILENCE: Duration = Duration::from_secs(15);
/// Between two attempts to open the watch again.
const AGAIN: Duration = Duration::from_secs(1);

/// How many members a conductor may tell of: more than an answer can list.
const MEMBERS: usize = 120_000;

/// A watch's answer, as it comes.
struct Telling {
    body: Incoming,
    lines: Lines,
    _link: Link,
}

impl Client {
    pub(super) async fn watched(&self) -> Result<Changes, MembershipError> {
        let telling = self.telling().await?;
        let known = Known::new(self.members().await?);
        let client = self.clone();
        Ok(Changes::spawn(move |sender| client.follow(telling, known, sender)))
    }

    /// Ends when nobody listens any more.
    async fn follow(self, mut telling: Telling, mut known: Known, sender: ChangeSender) {
        loop {
            let lost = loop {
                match self.next(&mut telling).await {
                    Ok(_) if known.count() > MEMBERS => {
                        break self.away("tells of more members than there can be");
                    }
                    Ok(told) => {
                        // What no member can be called may be as long as the other side likes, and is not kept: the
                        // group passes over it.
                        if let Ok(change) = &told
                            && has_names(change.member())
                        {
                            known.told(change.member());
                        }
                        if sender.send(told).await.is_err() {
                            return;
                        }
                    }
                    Err(lost) => break lost,
                }
            };
            if sender.send(Err(lost)).await.is_err() {
                return;
            }
            let (again, now) = self.begin_again().await;
            for change in known.read(now) {
                if sender.send(Ok(change)).await.is_err() {
                    return;
                }
            }
            telling = again;
        }
    }

    async fn begin_again(&self) -> (Telling, Vec<Member>) {
        loop {
            tokio::time::sleep(AGAIN).await;
            if let Ok(telling) = self.telling().await
                && let Ok(now) = self.members().await
            {
                return (telling, now);
            }
        }
    }

    /// A connection of its own: it is in use for as long as the watch.
    async fn telling(&self) -> Result<Telling, MembershipError> {
        let request = self.request(path::WATCH, &())?;
        let asked = async {
            let (link, answer) = self.send(request).await?;
            let status = answer.status();
            if !status.is_success() {
                let body = self.read(answer).await?;
                return self.understood::<()>(status, body).await.and(Err(self.away("begins no watch")));
            }
            Ok(Telling { body: answer.into_body(), lines: Lines::default(), _link: link })
        };
        match tokio::time::timeout(BOUND, asked).await {
            Ok(end) => end,
            Err(_) => Err(self.away("begins no watch in time")),
        }
    }

    async fn next(&self, telling: &mut Telling) -> Result<Result<Change, MembershipError>, MembershipError> {
        let Telling { body, lines, .. } = telling;
        let mut heard = Instant::now();
        loop {
            match lines.next() {
                Ok(Some(line)) => {
                    heard = Instant::now();
                    if line.is_empty() {
                        continue;
                    }
                    return serde_json::from_slice::<Told>(line).map(Told::into).map_err(|error| {
                        self.away("tells what this version does not know").caused_by(wire::harmless(error))
                    });
                }
                Ok(None) => {
                    // Whole lines count: parts of one may come for ever.
                    let part = tokio::time::timeout_at(heard + SILENCE, body.frame());
                    match part.await {
                        Ok(Some(Ok(part))) => lines.push(&part.into_data().unwrap_or_default()),
                        Ok(Some(Err(error))) => return Err(self.away("was lost").caused_by(error)),
                        Ok(None) => return Err(self.away("has ended the watch")),
                        Err(_) => return Err(self.away(&format!("has told nothing for {SILENCE:?}"))),
                    }
                }
                Err(Endless) => return Err(self.away("tells lines without an end")),
            }
        }
    }
}

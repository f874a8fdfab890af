use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::{Bytes, Incoming};

use super::Client;
use super::call::BOUND;
use super::link::Link;
use crate::conductor::wire::{self, Told, path};
use crate::watch::differences;
use crate::{Change, ChangeSender, Changes, Member, Membership as _, MembershipError};

/// After how long without a line, of which an empty one comes every five seconds, the conductor is lost.
const SILENCE: Duration = Duration::from_secs(15);
/// Between two attempts to open the watch again.
const AGAIN: Duration = Duration::from_secs(1);

/// The members that are remembered: a list of more could not be read in one answer.
const MOST_MEMBERS: usize = 1 << 17;

/// A watch's answer, as it comes.
struct Lines {
    body: Incoming,
    begun: Vec<u8>,
    _link: Link,
}

impl Client {
    pub(super) async fn watched(&self) -> Result<Changes, MembershipError> {
        let lines = self.lines().await?;
        let known = self.members().await?;
        let client = self.clone();
        Ok(Changes::spawn(move |sender| client.follow(lines, known, sender)))
    }

    /// Ends when nobody listens any more.
    async fn follow(self, mut lines: Lines, mut known: Vec<Member>, sender: ChangeSender) {
        loop {
            let lost = loop {
                match self.next(&mut lines).await {
                    Ok(told) => {
                        if let Ok(change) = &told {
                            take_in(&mut known, change);
                        }
                        if known.len() > MOST_MEMBERS {
                            break self.away(&format!("tells of more than {MOST_MEMBERS} members"));
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
            for change in differences(&known, &now) {
                if sender.send(Ok(change)).await.is_err() {
                    return;
                }
            }
            (lines, known) = (again, now);
        }
    }

    async fn begin_again(&self) -> (Lines, Vec<Member>) {
        loop {
            tokio::time::sleep(AGAIN).await;
            if let Ok(lines) = self.lines().await
                && let Ok(now) = self.members().await
            {
                return (lines, now);
            }
        }
    }

    /// A connection of its own: it is in use for as long as the watch.
    async fn lines(&self) -> Result<Lines, MembershipError> {
        let request = self.request(path::WATCH, &())?;
        let asked = async {
            let (link, answer) = self.send(request).await?;
            let status = answer.status();
            if !status.is_success() {
                let body = self.read(answer).await?;
                return self.understood::<()>(status, &body).and(Err(self.away("begins no watch")));
            }
            Ok(Lines { body: answer.into_body(), begun: Vec::new(), _link: link })
        };
        match tokio::time::timeout(BOUND, asked).await {
            Ok(end) => end,
            Err(_) => Err(self.away("begins no watch in time")),
        }
    }

    async fn next(&self, lines: &mut Lines) -> Result<Result<Change, MembershipError>, MembershipError> {
        loop {
            if let Some(end) = lines.begun.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = lines.begun.drain(..=end).collect();
                match serde_json::from_slice::<Told>(&line) {
                    Ok(told) => return Ok(told.into()),
                    Err(_) if line == b"\n" => continue,
                    Err(error) => {
                        return Err(self
                            .away("tells what this version does not know")
                            .caused_by(wire::harmless(error)));
                    }
                }
            }
            let part = self.part(&mut lines.body).await?;
            lines.begun.extend_from_slice(&part);
            if lines.begun.len() > wire::ANSWER {
                return Err(self.away("tells lines without an end"));
            }
        }
    }

    async fn part(&self, body: &mut Incoming) -> Result<Bytes, MembershipError> {
        match tokio::time::timeout(SILENCE, body.frame()).await {
            Ok(Some(Ok(frame))) => Ok(frame.into_data().unwrap_or_default()),
            Ok(Some(Err(error))) => Err(self.away("was lost").caused_by(error)),
            Ok(None) => Err(self.away("has ended the watch")),
            Err(_) => Err(self.away(&format!("has told nothing for {SILENCE:?}"))),
        }
    }
}

fn take_in(known: &mut Vec<Member>, change: &Change) {
    let member = change.member();
    match known.binary_search_by(|one| one.key().cmp(&member.key())) {
        Ok(at) => known[at] = member.clone(),
        Err(at) => known.insert(at, member.clone()),
    }
}

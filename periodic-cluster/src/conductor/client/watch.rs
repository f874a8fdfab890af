use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::Instant;

use super::Client;
use super::call::BOUND;
use super::lines::{Endless, Lines};
use super::link::Link;
use crate::conductor::wire::{self, WireChange, path};
use crate::names::has_names;
use crate::watch::{Interruption, KnownMembers, Source, follow};
use crate::{Changes, Member, MemberChange, Membership as _, MembershipError};

/// The time without a line after which the conductor counts as lost. An empty line comes every five seconds.
const SILENCE: Duration = Duration::from_secs(15);

/// The most members of a watch: more than an answer can list.
const MEMBERS: usize = 120_000;

/// The answer to a watch, as it arrives.
struct ChangeStream {
    body: Incoming,
    lines: Lines,
    _link: Link,
}

struct Watch {
    client: Client,
    /// `None` once the answer has ended.
    stream: Option<ChangeStream>,
    known: KnownMembers,
}

impl Source for Watch {
    async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
        let Some(stream) = &mut self.stream else {
            let (stream, members) = self.client.begin().await?;
            self.stream = Some(stream);
            return Ok(self.known.read(members));
        };
        let told = match self.client.next(stream).await {
            Ok(_) if self.known.count() > MEMBERS => {
                Err(self.client.away("listed more members than a group can have"))
            }
            told => told,
        };
        // An error of the conductor's engine ends it too: the conductor does not report the end of an outage.
        let change = told.inspect_err(|_| self.stream = None)?;
        // An invalid name may have any length, so it is not kept. The group skips the change.
        if has_names(change.member()) {
            self.known.told(change.member());
        }
        Ok(vec![change])
    }
}

impl Client {
    pub(super) async fn watched(&self) -> Result<Changes, MembershipError> {
        let (stream, members) = self.begin().await?;
        let watch = Watch { client: self.clone(), stream: Some(stream), known: KnownMembers::new(members) };
        Ok(Changes::spawn(move |sender| follow(watch, sender)))
    }

    /// Watches first and then reads the members, so that no change is missed.
    async fn begin(&self) -> Result<(ChangeStream, Vec<Member>), MembershipError> {
        Ok((self.stream().await?, self.members().await?))
    }

    /// Opens a watch. Its connection is not shared, because the watch uses it until its end.
    async fn stream(&self) -> Result<ChangeStream, MembershipError> {
        let request = self.request(path::WATCH, &())?;
        let asked = async {
            let (link, answer) = self.send(request).await?;
            let status = answer.status();
            if !status.is_success() {
                let body = self.read(answer).await?;
                return self
                    .understood::<()>(status, body)
                    .await
                    .and(Err(self.away("did not begin the watch")));
            }
            Ok(ChangeStream { body: answer.into_body(), lines: Lines::default(), _link: link })
        };
        match tokio::time::timeout(BOUND, asked).await {
            Ok(end) => end,
            Err(_) => Err(self.away("did not begin the watch in time")),
        }
    }

    async fn next(&self, stream: &mut ChangeStream) -> Result<MemberChange, MembershipError> {
        let ChangeStream { body, lines, .. } = stream;
        let mut heard = Instant::now();
        loop {
            match lines.next() {
                Ok(Some(line)) => {
                    heard = Instant::now();
                    if line.is_empty() {
                        continue;
                    }
                    let told = serde_json::from_slice::<WireChange>(line).map_err(|error| {
                        self.away("sent a change that this version cannot read")
                            .caused_by(wire::harmless(error))
                    })?;
                    return told.into();
                }
                Ok(None) => {
                    // Only whole lines count: parts of one might come without end.
                    let part = tokio::time::timeout_at(heard + SILENCE, body.frame());
                    match part.await {
                        Ok(Some(Ok(part))) => lines.push(&part.into_data().unwrap_or_default()),
                        Ok(Some(Err(error))) => {
                            return Err(self.away("closed the connection").caused_by(error));
                        }
                        Ok(None) => return Err(self.away("ended the watch")),
                        Err(_) => return Err(self.away(&format!("sent nothing for {SILENCE:?}"))),
                    }
                }
                Err(Endless) => return Err(self.away("sent a line that is too long")),
            }
        }
    }
}

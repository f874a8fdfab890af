use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior};

use super::changed::Changed;
use super::error::Error;
use super::handshake::{AUTH, Session};
use super::incoming::Message;
use super::link::{Receiver, Sender};
use super::operations;
use super::wire::{Rest, Written};

/// The most requests without an answer.
const UNANSWERED: usize = 16;
/// The longest time of an answer. By then its caller has given up.
const ANSWER: Duration = Duration::from_secs(5);
/// The longest time of the end of a session.
const CLOSING: Duration = Duration::from_secs(1);

/// The numbers of messages that answer no call.
const EVENT: i32 = -1;
const PING: i32 = -2;

/// Watches of any kind.
const ANY: i32 = 3;

pub(super) struct Call {
    pub(super) operation: i32,
    pub(super) body: Written,
    pub(super) answer: oneshot::Sender<Result<Vec<u8>, Error>>,
    /// Gets the changes of the watch that the call begins.
    pub(super) watch: Option<Weak<Changed>>,
}

/// A request without an answer.
struct Asked {
    answer: oneshot::Sender<Result<Vec<u8>, Error>>,
    since: Instant,
}

/// The callers of a session.
pub(super) struct Callers {
    pub(super) calls: mpsc::Receiver<Call>,
    /// Ends with the last client.
    pub(super) gone: oneshot::Receiver<Infallible>,
    /// The parent of all nodes whose changes are told.
    pub(super) root: String,
}

/// The reason why a connection has ended.
pub(super) enum End {
    /// The client has closed the session.
    Closed,
    Failed(Error),
}

/// A connection that serves calls.
pub(super) struct Connection<'a> {
    session: &'a mut Session,
    sender: Sender,
    unanswered: BTreeMap<i32, Asked>,
    last: i32,
    is_pinging: bool,
    watches: Vec<Weak<Changed>>,
    /// Whether the server tells of changes.
    is_watching: bool,
}

/// Serves calls until the connection or the session ends. A server that says nothing for `silence` is left.
pub(super) async fn serve(
    session: &mut Session,
    (mut receiver, sender): (Receiver, Sender),
    callers: &mut Callers,
    silence: Duration,
) -> End {
    let mut connection = Connection {
        session,
        sender,
        unanswered: BTreeMap::new(),
        last: 0,
        is_pinging: false,
        watches: Vec::new(),
        is_watching: false,
    };
    let end = connection.serve(&mut receiver, callers, silence).await;
    for watch in connection.watches.iter().filter_map(Weak::upgrade) {
        watch.lose();
    }
    match end {
        Ok(()) => {
            // Without an answer the servers end the session by its timeout.
            let _ = tokio::time::timeout(CLOSING, connection.close(&mut receiver)).await;
            End::Closed
        }
        Err(error) => {
            for asked in std::mem::take(&mut connection.unanswered).into_values() {
                // Its caller may have gone.
                let _ = asked.answer.send(Err(error.clone()));
            }
            End::Failed(error)
        }
    }
}

impl Connection<'_> {
    async fn serve(
        &mut self,
        receiver: &mut Receiver,
        callers: &mut Callers,
        silence: Duration,
    ) -> Result<(), Error> {
        let tick = silence / 8;
        let mut ticks = tokio::time::interval(tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ticked = Instant::now();
        loop {
            tokio::select! {
                message = receiver.next() => self.received(message?, &callers.root)?,
                sent = self.sender.send(), if self.sender.is_waiting() => sent?,
                Some(call) = callers.calls.recv(), if self.unanswered.len() < UNANSWERED => self.call(call),
                _ = &mut callers.gone => return Ok(()),
                now = ticks.tick() => {
                    // A process that stood still has read nothing meanwhile.
                    if ticked.elapsed() > 4 * tick {
                        receiver.heard = now;
                        self.unanswered.values_mut().for_each(|asked| asked.since = now);
                    }
                    ticked = Instant::now();
                    self.tick(receiver, silence)?;
                }
            }
        }
    }

    fn tick(&mut self, receiver: &Receiver, silence: Duration) -> Result<(), Error> {
        let timed_out = |why: String| Err(io::Error::new(io::ErrorKind::TimedOut, why).into());
        if receiver.heard.elapsed() >= silence {
            return timed_out(format!("no sign of the server within {silence:?}"));
        }
        if receiver.is_in_drops() {
            return timed_out("the server sends its message too slowly".to_owned());
        }
        // It may answer pings alone.
        if self.unanswered.values().any(|asked| asked.since.elapsed() > ANSWER) {
            return timed_out(format!("no answer to a request within {ANSWER:?}"));
        }
        if !self.is_pinging && self.sender.added.elapsed() >= silence * 3 / 8 {
            self.is_pinging = true;
            self.sender.add(&Written::default().int(PING).int(operations::PING));
        }
        Ok(())
    }

    fn call(&mut self, call: Call) {
        // Its caller has gone.
        if call.answer.is_closed() {
            return;
        }
        if let Some(watch) = call.watch {
            self.watches.push(watch);
            self.is_watching = true;
        }
        let number = self.request(call.operation, &call.body);
        self.await_answer(number, call.answer);
    }

    /// Notes the receiver of a request's answer.
    fn await_answer(&mut self, number: i32, answer: oneshot::Sender<Result<Vec<u8>, Error>>) {
        self.unanswered.insert(number, Asked { answer, since: Instant::now() });
    }

    /// Returns the number of the request.
    fn request(&mut self, operation: i32, body: &Written) -> i32 {
        self.last = self.last.checked_add(1).unwrap_or(1);
        self.sender.add(&Written::default().int(self.last).int(operation).then(body));
        self.last
    }

    fn received(&mut self, message: Message, root: &str) -> Result<(), Error> {
        let (message, length) = match message {
            Message::Whole(message) => (message, None),
            Message::TooLong(header, length) => (header, Some(length)),
        };
        let mut rest = Rest::new(&message);
        let header = (|| Ok((rest.int()?, rest.long()?, rest.int()?)))();
        let (number, change, code) = header.map_err(|error: Error| Error::broken(error.to_string()))?;
        if code != 0 && Error::of(code).ends_session() {
            return Err(Error::of(code));
        }
        match number {
            EVENT if length.is_none() => {
                self.event(&mut rest, root).map_err(|error| Error::broken(error.to_string()))
            }
            PING => {
                self.is_pinging = false;
                Ok(())
            }
            AUTH => Ok(()),
            number => {
                self.session.seen = self.session.seen.max(change);
                let Some(Asked { answer, .. }) = self.unanswered.remove(&number) else {
                    return Err(Error::broken(format!("it answers request {number}, which was not made")));
                };
                // Its caller may have gone.
                let _ = answer.send(match (code, length) {
                    (0, None) => Ok(rest.rest().to_vec()),
                    (0, Some(length)) => Err(Error::TooLong(length)),
                    (code, _) => Err(Error::of(code)),
                });
                Ok(())
            }
        }
    }

    /// Takes the message that a node has changed.
    fn event(&mut self, rest: &mut Rest<'_>, root: &str) -> Result<(), Error> {
        let (_kind, _state, path) = (rest.int()?, rest.int()?, rest.text()?);
        let below = path.strip_prefix(root).and_then(|below| below.strip_prefix('/'));
        self.watches.retain(|watch| watch.strong_count() > 0);
        let told: Vec<Arc<Changed>> = self.watches.iter().filter_map(Weak::upgrade).collect();
        if let Some(name) = below.and_then(|below| below.split('/').next()) {
            for watch in &told {
                watch.tell(name);
            }
        }
        if told.is_empty() && std::mem::take(&mut self.is_watching) {
            let number = self.request(operations::REMOVE_WATCHES, &Written::default().text(root).int(ANY));
            self.await_answer(number, oneshot::channel().0);
        }
        Ok(())
    }

    /// Ends the session, and with it its nodes.
    async fn close(&mut self, receiver: &mut Receiver) -> io::Result<()> {
        let number = self.request(operations::CLOSE_SESSION, &Written::default());
        self.sender.send().await?;
        loop {
            if let Message::Whole(message) = receiver.next().await?
                && Rest::new(&message).int().is_ok_and(|answered| answered == number)
            {
                return Ok(());
            }
        }
    }
}

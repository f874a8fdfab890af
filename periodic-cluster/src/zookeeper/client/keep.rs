use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::ensemble::Ensemble;
use super::error::Error;
use super::handshake::Session;
use super::link::{Receiver, Sender};
use super::serve::{Callers, End, serve};
use crate::caught::catch_subscriber;

/// A connection that has lasted as long counts as a success.
const STEADY: Duration = Duration::from_secs(1);
/// The first wait after a failure, and the most doublings of it.
const WAIT: Duration = Duration::from_millis(50);
const DOUBLINGS: u32 = 5;
/// The longest session timeout that is trusted if less was wanted.
const LONGEST: Duration = Duration::from_secs(60);

/// Keeps a session until it has ended: serves calls, and changes to the next server when one fails. `turn` is the server
/// of the first connection.
pub(super) async fn keep(
    ensemble: Arc<Ensemble>,
    mut session: Session,
    mut link: (Receiver, Sender),
    mut turn: usize,
    mut callers: Callers,
) {
    let mut failures = 0;
    loop {
        let begun = Instant::now();
        let silence = ensemble.silence(session.timeout);
        match serve(&mut session, link, &mut callers, silence).await {
            End::Closed => return,
            End::Failed(error) => {
                report(&error);
                if error.ends_session() {
                    return;
                }
            }
        }
        failures = if begun.elapsed() < STEADY { failures + 1 } else { 0 };
        let again = connect_again(&ensemble, &mut session, &mut turn, &mut failures);
        link = tokio::select! {
            _ = &mut callers.gone => return,
            link = again => match link {
                Some(link) => link,
                None => return,
            },
        };
    }
}

/// Connects to one server after the other; `None` once the session has ended.
async fn connect_again(
    ensemble: &Ensemble,
    session: &mut Session,
    turn: &mut usize,
    failures: &mut u32,
) -> Option<(Receiver, Sender)> {
    let lost = Instant::now();
    // By then the servers have ended it. Those that refuse the session for another reason do not say so.
    let over = session.timeout.min(ensemble.timeout.max(LONGEST)) * 7 / 5;
    loop {
        tokio::time::sleep(wait(*failures)).await;
        *turn = turn.wrapping_add(1);
        match ensemble.begin(session, *turn).await {
            Ok(link) => return Some(link),
            Err(error) if error.ends_session() || lost.elapsed() > over => return None,
            Err(_) => *failures = failures.saturating_add(1),
        }
    }
}

/// Returns the wait before the next try after these failures in a row. A part of it is drawn, so that a fleet does not
/// come back at one time.
fn wait(failures: u32) -> Duration {
    match failures.checked_sub(1) {
        None => Duration::ZERO,
        Some(doublings) => WAIT * (1 << doublings.min(DOUBLINGS)) + WAIT.mul_f64(fastrand::f64()),
    }
}

fn report(error: &Error) {
    catch_subscriber(|| tracing::debug!(%error, "a connection to ZooKeeper has ended"));
}

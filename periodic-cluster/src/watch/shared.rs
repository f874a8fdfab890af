use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::differences;
use super::follow::{Interruption, Source, follow};
use crate::{Changes, Member, MemberChange, MembershipError, MembershipErrorKind};

/// The most watches that wait in the queue to begin; more wait for a place in it.
const BEGINNING: usize = 64;

/// Reads all members repeatedly, for every watch of a driver.
pub(crate) trait ReadAll: Send + 'static {
    /// Waits until the members may have changed, or must be read anyhow; `away` after a failed reading. The future is
    /// dropped when a watch begins meanwhile, because that reads them.
    fn wait(&mut self, away: bool) -> impl Future<Output = ()> + Send;

    fn read(&mut self) -> impl Future<Output = Result<Vec<Member>, MembershipError>> + Send;
}

/// The only reader of a driver: it begins with the first watch and ends with the last.
#[derive(Debug, Default)]
pub(crate) struct Shared(Mutex<Weak<Reader>>);

#[derive(Debug)]
struct Reader {
    beginning: mpsc::Sender<Begin>,
    task: JoinHandle<()>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Reading = Result<Arc<[Member]>, MembershipError>;

/// Requests a reading and those after it.
type Begin = oneshot::Sender<Result<(Arc<[Member]>, watch::Receiver<Reading>), MembershipError>>;

impl Shared {
    /// Creates a watch with the changes since its own reading. It shares the running reader, or starts one.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub(crate) async fn watch<R: ReadAll>(
        &self,
        reads: impl FnOnce() -> R + Send,
    ) -> Result<Changes, MembershipError> {
        let reader = self.reader(reads);
        let (begin, answer) = oneshot::channel();
        reader.beginning.send(begin).await.map_err(|_| has_ended())?;
        let (known, latest) = answer.await.map_err(|_| has_ended())??;
        let latest = Latest { _reader: reader, known, readings: latest };
        Ok(Changes::spawn(move |sender| follow(latest, sender)))
    }

    fn reader<R: ReadAll>(&self, reads: impl FnOnce() -> R) -> Arc<Reader> {
        // A panic cannot leave a pointer half changed.
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The reader has ended if the runtime of the watch that started it has.
        if let Some(reader) = current.upgrade().filter(|reader| !reader.task.is_finished()) {
            return reader;
        }
        let (sender, beginning) = mpsc::channel(BEGINNING);
        let reader = Reader { beginning: sender, task: tokio::spawn(read(reads(), beginning)) };
        let reader = Arc::new(reader);
        *current = Arc::downgrade(&reader);
        reader
    }
}

fn has_ended() -> MembershipError {
    MembershipError::new(MembershipErrorKind::Unavailable, "the watch's runtime has ended")
}

async fn read(mut reads: impl ReadAll, mut beginning: mpsc::Receiver<Begin>) {
    let latest = watch::Sender::new(Reading::Ok(Arc::default()));
    let mut away = false;
    loop {
        let mut asked = Vec::new();
        tokio::select! {
            begin = beginning.recv() => match begin {
                None => return,
                Some(begin) => asked.push(begin),
            },
            () = reads.wait(away) => {}
        }
        // One reading serves all watches that begin by now.
        while let Ok(begin) = beginning.try_recv() {
            asked.push(begin);
        }
        let reading: Reading = reads.read().await.map(Arc::from);
        away = reading.is_err();
        // A slow watch sees only the newest reading.
        let _ = latest.send_replace(reading.clone());
        for begin in asked {
            // The caller may have dropped its future meanwhile.
            let _ = begin.send(reading.clone().map(|known| (known, latest.subscribe())));
        }
    }
}

/// The readings for one watch. It keeps the reader alive.
struct Latest {
    _reader: Arc<Reader>,
    known: Arc<[Member]>,
    readings: watch::Receiver<Reading>,
}

impl Source for Latest {
    async fn next(&mut self) -> Result<Vec<MemberChange>, Interruption> {
        self.readings.changed().await.map_err(|_| Interruption::Ended)?;
        let now = self.readings.borrow_and_update().clone()?;
        let changes = differences(&self.known, &now);
        self.known = now;
        Ok(changes)
    }

    /// Returns immediately: the reader itself waits.
    async fn pause(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    use std::time::Duration;

    use super::*;
    use crate::Presence;

    /// Counts its readings, each of which has one host more.
    struct Counted(Arc<AtomicU32>);

    impl ReadAll for Counted {
        async fn wait(&mut self, _: bool) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }

        async fn read(&mut self) -> Result<Vec<Member>, MembershipError> {
            let count = self.0.fetch_add(1, Relaxed) + 1;
            Ok((0..count).map(|host| Member::compute(&format!("{host:04}"), Presence::Present)).collect())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn all_watches_have_one_reader_which_ends_with_the_last() {
        let (shared, count) = (Shared::default(), Arc::new(AtomicU32::new(0)));
        let mut watches = Vec::new();
        for _ in 0..50 {
            watches.push(shared.watch(|| Counted(Arc::clone(&count))).await.unwrap());
        }
        let begun = count.load(Relaxed);
        tokio::time::sleep(Duration::from_millis(10_500)).await;
        assert_eq!(count.load(Relaxed) - begun, 10, "one reading a second, and not fifty");
        for changes in &mut watches {
            // Each change since its own reading, once and in order.
            let first: u32 = changes.next().await.unwrap().unwrap().member().host.parse().unwrap();
            let second: u32 = changes.next().await.unwrap().unwrap().member().host.parse().unwrap();
            assert_eq!(second, first + 1);
        }
        watches.truncate(1);
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert_eq!(count.load(Relaxed) - begun, 20, "it goes on for the one that is left");
        watches.clear();
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert_eq!(count.load(Relaxed) - begun, 20, "no watch is left");
        let mut again = shared.watch(|| Counted(Arc::clone(&count))).await.unwrap();
        assert!(again.next().await.unwrap().is_ok());
    }
}

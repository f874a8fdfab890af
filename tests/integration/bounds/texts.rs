use std::time::Duration;

use periodic::Runner;
use periodic::task::{Outcome, Run, TaskName, TaskSpec};

use crate::runner::Empty;

/// Eight kibibytes, and how much was left out.
const MOST: usize = 8_192 + 40;

fn long() -> String {
    "x".repeat(5_000_000)
}

#[tokio::test(start_paused = true)]
async fn errors_panics_and_notes_are_kept_in_part() {
    let runner = Runner::builder(Empty).build().unwrap();
    let handle = runner.handle();
    let every = |name| TaskSpec::new(name).run_immediately();
    let name = |task| TaskName::new("Test", task).unwrap();
    handle.add(name("fails"), every("fails"), |_: Run| async { Err::<(), _>(long()) }).unwrap();
    let panics = |_: Run| async {
        if !long().is_empty() {
            std::panic::panic_any(long());
        }
    };
    handle.add(name("panics"), every("panics"), panics).unwrap();
    handle
        .add(name("notes"), every("notes"), |run: Run| async move {
            run.progress(long());
            run.cancelled().await;
        })
        .unwrap();
    let looking = handle.clone();
    let _ = runner
        .run_until(async move {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let status = looking.status();
            let notes = status.iter().flat_map(|task| &task.going).filter_map(|run| run.progress.clone());
            let notes: Vec<_> = notes.collect();
            assert_eq!(notes.len(), 1);
            assert!(notes[0].len() < MOST && notes[0].ends_with("xx… (4991808 bytes more)"));
        })
        .await;
    let history = handle.records();
    let texts: Vec<_> = history
        .iter()
        .filter_map(|record| match &record.outcome {
            Outcome::Failed(cause) | Outcome::Panicked(cause) => Some(cause.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts.len(), 2);
    for text in texts {
        assert!(text.len() < MOST && text.ends_with("xx… (4991808 bytes more)"), "{} bytes", text.len());
    }
}

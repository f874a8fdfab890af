//! How a run gets its context, through the macros.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use periodic::task::Run;
use periodic::{Runner, periodic_manager, periodic_task};

struct Request {
    id: u64,
}

#[derive(Default)]
struct Manager {
    seen: std::sync::Mutex<Vec<u64>>,
}

#[periodic_manager(context = Request)]
impl Manager {
    #[periodic_task(spacing = 10)]
    async fn asks(&self, run: &Run, context: &Request) {
        assert_eq!(run.name().as_str(), "Manager.asks");
        self.seen.lock().unwrap().push(context.id);
    }
}

async fn three_runs() {
    tokio::time::sleep(Duration::from_secs(35)).await;
}

#[tokio::test(start_paused = true)]
async fn each_run_gets_a_fresh_one() {
    let manager = Arc::new(Manager::default());
    let made = AtomicU64::new(0);
    let context = move || Request { id: made.fetch_add(1, Ordering::SeqCst) };
    let runner = Runner::builder_with(Arc::clone(&manager), context).build().unwrap();
    let _ = runner.run_until(three_runs()).await;
    assert_eq!(*manager.seen.lock().unwrap(), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn one_that_cannot_be_made_fails_the_run_with_its_cause() {
    let made = AtomicU64::new(0);
    let context = move || match made.fetch_add(1, Ordering::SeqCst) {
        1 => Err("the identity service is away"),
        id => Ok(Request { id }),
    };
    let runner = Runner::try_builder_with(Manager::default(), context).build().unwrap();
    let handle = runner.handle();
    let _ = runner.run_until(three_runs()).await;
    let outcomes: Vec<_> = handle.records().iter().map(|record| format!("{:?}", record.outcome)).collect();
    let failed = "Failed(\"the context could not be made: the identity service is away\")";
    assert_eq!(outcomes, ["Ok", failed, "Ok"]);
}

#[tokio::test(start_paused = true)]
async fn one_whose_making_panics_harms_only_its_run() {
    let made = AtomicU64::new(0);
    let context = move || match made.fetch_add(1, Ordering::SeqCst) {
        1 => panic!("no identity"),
        id => Request { id },
    };
    let runner = Runner::builder_with(Manager::default(), context).build().unwrap();
    let handle = runner.handle();
    let _ = runner.run_until(three_runs()).await;
    let outcomes: Vec<_> = handle.records().iter().map(|record| format!("{:?}", record.outcome)).collect();
    assert_eq!(outcomes, ["Ok", "Panicked(\"no identity\")", "Ok"]);
}

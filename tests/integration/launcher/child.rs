//! The code of the process that is started again.

// The daemon tells its parent through its output.
#![allow(clippy::print_stdout)]

use std::io::Write as _;
use std::num::NonZeroUsize;

use periodic::service::{BoxError, HookResult, Hooks, ServiceIdentity};
use periodic::settings::SettingsSource;
use periodic::task::{Cancellation, Execution, Interval, Run, TaskName, TaskSpec};
use periodic::{Handle, Launcher, Service, periodic_manager, periodic_task};
use tokio::net::TcpListener;

use crate::bomb::BadError;

/// Set in the process that is the daemon, to its role. Not with the settings' own prefix.
pub(crate) const SCENARIO: &str = "LAUNCHED_AS";

/// Its settings file.
pub(crate) const FILE: &str = "LAUNCHED_WITH";

/// No test by itself.
#[test]
fn daemon() {
    let Ok(scenario) = std::env::var(SCENARIO) else { return };
    let exit = match scenario.as_str() {
        "two" => launcher("heeds").service(|| service("goes wrong")).run(),
        "both" => launcher("heeds").service(|| service("heeds")).run(),
        "both cannot be dropped" => {
            launcher("cannot be dropped").service(|| service("cannot be dropped")).run()
        }
        "async main" => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            runtime.block_on(launcher("heeds").launch())
        }
        scenario => launcher(scenario).run(),
    };
    // In one line, because the parent reads lines.
    say(&format!("ends: {exit}").replace('\n', " | "));
    // As a `main` that returns it.
    std::process::exit(exit.code().into());
}

fn launcher(scenario: &str) -> Launcher {
    let scenario = scenario.to_owned();
    // Where the scheduler alone is to stand still, there is a thread for all else.
    let workers = if scenario == "stalls when reset" { 2 } else { 1 };
    Launcher::new()
        .workers(NonZeroUsize::new(workers).unwrap())
        .service(move || async move { service(&scenario).await })
}

async fn service(scenario: &str) -> Result<Service, BoxError> {
    if scenario == "cannot be made" {
        return Err("no database".into());
    }
    let file = std::env::var_os(FILE).unwrap();
    let source = SettingsSource::file(file).without_environment();
    let service = Service::builder(Settable).binary("test-daemon").settings_from(source);
    let service = match scenario {
        "cannot start" => service.hooks(Refusing),
        "cannot be said" => service.hooks(Unsayable { prints: false }),
        "cannot be dropped" => service.hooks(Unsayable { prints: true }),
        "is asked to reload while it starts" => service.hooks(Asked),
        "goes wrong" => service.endpoint("api", |_| async { Err("the port is taken") }),
        "serves" => service.endpoint("server", serve),
        _ => service,
    };
    // The hooks take a handle, which there is only once the service is built.
    let slot = std::sync::Arc::new(std::sync::OnceLock::new());
    let service = match scenario {
        "cannot start"
        | "cannot be said"
        | "cannot be dropped"
        | "goes wrong"
        | "is asked to reload while it starts" => service.build()?,
        _ => service.hooks(Telling(slot.clone())).build()?,
    };
    let handle = service.control().tasks().clone();
    add(&handle, scenario)?;
    slot.get_or_init(|| handle);
    Ok(service)
}

/// Serves one client, until that leaves.
async fn serve(shutdown: Cancellation) -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    say(&format!("listening: {}", listener.local_addr()?));
    let (client, _) = listener.accept().await?;
    say("connected");
    shutdown.cancelled().await;
    say("asked to close");
    loop {
        client.readable().await?;
        // It may have been told so by mistake.
        match client.try_read(&mut [0; 64]) {
            Ok(0) => return Ok(()),
            Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => return Err(error),
            _ => {}
        }
    }
}

/// A manager whose task shows which settings are in force.
struct Settable;

#[periodic_manager]
impl Settable {
    #[periodic_task(spacing = 3600)]
    async fn settable(&self) {}
}

fn add(handle: &Handle, scenario: &str) -> Result<(), BoxError> {
    let spec = TaskSpec::new("work").every(Interval::from_secs(3_600)).run_immediately();
    let name = TaskName::new("Test", "work").unwrap();
    match scenario {
        "blocks" => handle.add_blocking(name, spec, |_: &Run| {
            say("running");
            for_ever();
        })?,
        "stalls" => handle.add(name, spec, |_| async {
            say("running");
            for_ever();
        })?,
        _ => {
            let heeds = scenario != "goes on";
            handle.add(name, spec, move |run: Run| async move {
                say("running");
                run.cancelled().await;
                say("asked to end");
                if !heeds {
                    std::future::pending::<()>().await;
                }
            })?;
        }
    }
    // Holds the scheduler, when it is triggered.
    let spec = TaskSpec::new("stall").every(Interval::from_secs(3_600)).execution(Execution::Inline);
    handle.add_blocking(TaskName::new("Test", "stall").unwrap(), spec, |_: &Run| {
        say("stalled");
        for_ever();
    })?;
    Ok(())
}

fn for_ever() {
    loop {
        std::thread::park();
    }
}

struct Telling(std::sync::Arc<std::sync::OnceLock<Handle>>);

impl Hooks for Telling {
    async fn reset(&self, _: &ServiceIdentity) -> HookResult {
        let handle = self.0.get().ok_or("it is built")?;
        let spacing = handle.status_of("settable")?.task.spec().schedule.to_string();
        say(&format!("reset: {spacing}"));
        if std::env::var(SCENARIO).as_deref() == Ok("stalls when reset") {
            let _ = handle.trigger("stall")?;
        }
        Ok(())
    }

    async fn cleanup_host(&self, _: &ServiceIdentity) -> HookResult {
        say("cleaned up");
        Ok(())
    }
}

struct Refusing;

impl Hooks for Refusing {
    async fn init_host(&self, service: &ServiceIdentity) -> HookResult {
        Err(std::io::Error::other(format!("{} is another's", service.binary)).into())
    }
}

/// Is asked for a reload by a signal before it has started.
struct Asked;

impl Hooks for Asked {
    async fn init_host(&self, _: &ServiceIdentity) -> HookResult {
        let mut hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?;
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::HUP)?;
        hangup.recv().await;
        // The launcher has heard it too, and has its turns now.
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        say("started");
        Ok(())
    }

    async fn reset(&self, _: &ServiceIdentity) -> HookResult {
        say("reset");
        Ok(())
    }
}

/// Fails by an error that panics when it is printed or dropped.
struct Unsayable {
    prints: bool,
}

impl Hooks for Unsayable {
    async fn init_host(&self, _: &ServiceIdentity) -> HookResult {
        Err(BadError { prints: self.prints }.into())
    }
}

fn say(line: &str) {
    println!("said: {line}");
    let _ = std::io::stdout().flush();
}

/// The grace time is a second, and the periodic tasks start at once.
pub(crate) fn settings(more: &str) -> String {
    format!("periodic_fuzzy_delay = 0\ngraceful_shutdown_timeout = 1\n{more}\n")
}

/// The output of a `main` on the standard error.
pub(crate) fn is_end(line: &str) -> Option<&str> {
    line.strip_prefix("ends: ")
}

use std::time::Duration;

use tracing::error;

use crate::catch_panic::{catch_panic_async, catch_subscriber};
use crate::service::ServiceControl;

/// The longest time of a reload. One that never ended would block the next one for ever.
const MOST: Duration = Duration::from_secs(120);

/// Puts new settings in force in all services, or in none, and calls their `reset`.
pub(super) async fn reload(services: Vec<ServiceControl>) {
    // The user's code may panic: the code that a source adds to settings, and the code that lists a manager's tasks.
    match tokio::time::timeout(MOST, catch_panic_async(all_or_none(services))).await {
        Ok(Ok(())) => {}
        Ok(Err(cause)) => {
            catch_subscriber(
                || error!(%cause, "the reload panicked; settings that are not yet in force stay out"),
            );
        }
        Err(_) => catch_subscriber(|| error!("the reload did not end within {MOST:?} and was cut")),
    }
}

async fn all_or_none(services: Vec<ServiceControl>) {
    let mut read = Vec::new();
    for service in &services {
        // `read` logs the cause.
        let Ok(settings) = service.read().await else { return };
        read.push(settings);
    }
    for (service, settings) in services.iter().zip(read) {
        // The settings were checked, so this fails only if a control or a stop came in between; that is logged.
        let _ = service.put_in_force(settings.as_ref());
    }
    for service in &services {
        service.reset().await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use periodic_core::PeriodicManager;
    use periodic_core::manager::{Call, Collector, Given};
    use periodic_core::settings::TaskSettings;
    use periodic_core::task::{Interval, TaskSpec};

    use super::*;
    use crate::Service;
    use crate::service::{HookResult, Hooks, ServiceIdentity};
    use crate::settings::SettingsSource;

    struct Manager;

    impl PeriodicManager for Manager {
        type Context = ();
        type Owner = ();

        fn collect(&self, collector: &mut Collector) {
            collector.manager("Manager");
            collector.tasks(&[TaskSpec::new("poll")]);
        }

        fn call<'a>(&'a self, row: &[u32], _: Given<'a, (), ()>) -> Call<'a> {
            Call::unknown_row("Manager", row)
        }
    }

    #[derive(Clone, Default)]
    struct Resets(Arc<AtomicU32>);

    impl Hooks for Resets {
        async fn reset(&self, _: &ServiceIdentity) -> HookResult {
            self.0.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    }

    /// Creates a service whose settings give `task` a spacing of 5 s once `new` is true.
    fn service(task: &'static str, new: &Arc<AtomicBool>, resets: &Resets) -> Service {
        let new = Arc::clone(new);
        let source = SettingsSource::environment().without_environment().with(move |settings| {
            let settings_of_task = TaskSettings::new().spacing(Interval::from_secs(5));
            if new.load(Ordering::SeqCst) { settings.task(task, settings_of_task) } else { settings }
        });
        Service::builder(Manager).settings_from(source).hooks(resets.clone()).build().unwrap()
    }

    async fn after_a_reload(second: &'static str) -> (Vec<String>, u32) {
        let (new, resets) = (Arc::default(), Resets::default());
        let services = [service("poll", &new, &resets), service(second, &new, &resets)];
        new.store(true, Ordering::SeqCst);
        reload(services.iter().map(Service::control).collect()).await;
        let schedule = |service: &Service| {
            service.control().tasks().status_of("poll").unwrap().task.spec().schedule.to_string()
        };
        (services.iter().map(schedule).collect(), resets.0.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn all_services_take_new_settings_or_none() {
        assert_eq!(after_a_reload("poll").await, (vec!["every 5s".into(), "every 5s".into()], 2));
        assert_eq!(after_a_reload("no_task").await, (vec!["every 1m".into(), "every 1m".into()], 0));
    }

    #[tokio::test]
    async fn a_reload_that_panics_ends_nothing_else() {
        let (new, resets) = (Arc::new(AtomicBool::new(false)), Resets::default());
        let broken = Arc::clone(&new);
        let source = SettingsSource::environment().without_environment().with(move |settings| {
            assert!(!broken.load(Ordering::SeqCst), "no settings today");
            settings
        });
        let service = Service::builder(Manager).settings_from(source).hooks(resets.clone()).build().unwrap();
        new.store(true, Ordering::SeqCst);
        reload(vec![service.control()]).await;
        new.store(false, Ordering::SeqCst);
        reload(vec![service.control()]).await;
        assert_eq!(resets.0.load(Ordering::SeqCst), 1);
    }
}

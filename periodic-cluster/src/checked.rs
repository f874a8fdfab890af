use std::sync::Arc;

use periodic_runtime::boxed::Boxed;
use periodic_runtime::service::ServiceIdentity;

use crate::any_membership::{AnyMembership, Ask};
use crate::names::{Skipped, named, of_service};
use crate::{Capabilities, Changes, Member, MembershipError, Process, Record};

/// Checks the names for an engine, and skips its records with bad names: another program may write to the store, and
/// one record must not hide all others. Every engine is wrapped in one of these.
pub(crate) struct Checked {
    engine: Box<dyn AnyMembership>,
    skipped: Arc<Skipped>,
}

impl Checked {
    pub(crate) fn new(engine: impl AnyMembership + 'static) -> Self {
        Self { engine: Box::new(engine), skipped: Arc::default() }
    }
}

impl AnyMembership for Checked {
    fn capabilities(&self) -> Capabilities {
        self.engine.capabilities()
    }

    fn record<'a>(&'a self, service: &'a ServiceIdentity) -> Boxed<'a, Result<Record, MembershipError>> {
        Box::pin(async move {
            of_service(service)?;
            self.engine.record(service).await
        })
    }

    fn ask<'a>(&'a self, ask: Ask, service: &'a ServiceIdentity) -> Boxed<'a, Result<(), MembershipError>> {
        Box::pin(async move {
            of_service(service)?;
            self.engine.ask(ask, service).await
        })
    }

    fn members(&self) -> Boxed<'_, Result<Vec<Member>, MembershipError>> {
        Box::pin(async move {
            let mut members = self.engine.members().await?;
            members.retain(|member| self.skipped.passes(member));
            Ok(members)
        })
    }

    fn force_down<'a>(
        &'a self,
        host: &'a str,
        service: &'a str,
        down: bool,
    ) -> Boxed<'a, Result<(), MembershipError>> {
        Box::pin(async move {
            named(host, service)?;
            self.engine.force_down(host, service, down).await
        })
    }

    fn duplicate<'a>(
        &'a self,
        service: &'a ServiceIdentity,
    ) -> Boxed<'a, Result<Option<Process>, MembershipError>> {
        Box::pin(async move {
            of_service(service)?;
            self.engine.duplicate(service).await
        })
    }

    fn watch(&self) -> Boxed<'_, Result<Changes, MembershipError>> {
        Box::pin(async move { Ok(self.engine.watch().await?.without(Arc::clone(&self.skipped))) })
    }
}

#[cfg(test)]
mod tests {
    // Not `AnyMembership`, whose methods are called as those of `Membership`.
    use super::Ask;
    use crate::memory::MemoryMembership;
    use crate::{Member, Membership as _, MembershipErrorKind, ServiceGroup, ServiceIdentity};

    fn bad_names() -> Vec<String> {
        let mut names = vec!["x".repeat(1 << 20)];
        names.extend(["", "a b", "a\nb", "\u{1b}[2J", "a\0", "node*", "a\u{202e}b"].map(str::to_owned));
        names
    }

    #[tokio::test]
    async fn a_record_that_something_else_wrote_spoils_no_list() {
        let engine = MemoryMembership::new();
        engine.record(&ServiceIdentity::new("node-1", "nova-compute")).await.unwrap();
        for name in bad_names() {
            engine.record(&ServiceIdentity::new(name.clone(), "nova-compute")).await.unwrap();
            engine.record(&ServiceIdentity::new("node-2", name)).await.unwrap();
        }
        let mut topic = ServiceIdentity::new("node-3", "nova-compute");
        topic.topic = "x".repeat(256);
        engine.record(&topic).await.unwrap();
        assert_eq!(engine.members().await.unwrap().len(), 18);
        let members = ServiceGroup::new(engine, ServiceGroup::DOWN_TIME).members().await.unwrap();
        assert_eq!(members.iter().map(Member::key).collect::<Vec<_>>(), [("nova-compute", "node-1")]);
    }

    #[tokio::test]
    async fn a_bad_name_is_refused_before_the_engine_sees_it() {
        let engine = MemoryMembership::new();
        let group = ServiceGroup::new(engine.clone(), ServiceGroup::DOWN_TIME);
        for name in bad_names() {
            for service in [
                ServiceIdentity::new(name.clone(), "nova-compute"),
                ServiceIdentity::new("node-1", name.clone()),
            ] {
                let error = group.engine().record(&service).await.unwrap_err();
                assert_eq!(error.kind(), MembershipErrorKind::Name);
                assert!(
                    error.to_string().len() < 1_000 && !error.to_string().contains(char::is_control),
                    "{error}"
                );
                for ask in [Ask::Join, Ask::Beat, Ask::Leave] {
                    let error = group.engine().ask(ask, &service).await.unwrap_err();
                    assert_eq!(error.kind(), MembershipErrorKind::Name);
                }
                let error = group.force_down(&service.host, &service.binary, true).await.unwrap_err();
                assert_eq!(error.kind(), MembershipErrorKind::Name);
            }
        }
        assert_eq!(engine.members().await.unwrap(), []);
    }

    #[tokio::test]
    async fn a_watch_passes_over_bad_names() {
        let engine = MemoryMembership::new();
        let mut raw =
            ServiceGroup::new(engine.clone(), ServiceGroup::DOWN_TIME).engine().watch().await.unwrap();
        let mut group = ServiceGroup::new(engine.clone(), ServiceGroup::DOWN_TIME).watch().await.unwrap();
        for name in bad_names() {
            engine.record(&ServiceIdentity::new(name, "nova-compute")).await.unwrap();
        }
        let good = ServiceIdentity::new("node-1", "nova-compute");
        engine.record(&good).await.unwrap();
        engine.join(&good).await.unwrap();
        for changes in [&mut raw, &mut group] {
            let change = changes.next().await.unwrap().unwrap();
            assert_eq!(change.member().host, "node-1");
        }
    }
}

use periodic_runtime::service::ServiceIdentity;
use tokio::sync::broadcast::error::RecvError;

use super::MemoryMembership;
use crate::{
    Capabilities, Changes, ClockSource, Member, MemberChange, Membership, MembershipError,
    MembershipErrorKind, Process, Record, Watching,
};

impl Membership for MemoryMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Pushed,
            force_down: true,
            durable: false,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let mut rows = self.rows();
        let (record, change) = rows.record(service, self.clock.now());
        self.tell(change);
        Ok(record)
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let mut rows = self.rows();
        self.tell(rows.join(service, self.clock.now())?);
        Ok(())
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let mut rows = self.rows();
        self.tell(rows.beat(service, self.clock.now())?);
        Ok(())
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let mut rows = self.rows();
        if let Some(change) = rows.leave(service, self.clock.now()) {
            self.tell(change);
        }
        Ok(())
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        Ok(self.rows().members(self.clock.now()))
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let mut rows = self.rows();
        self.tell(rows.force_down(host, service, down, self.clock.now())?);
        Ok(())
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        Ok(self.rows().duplicate(service))
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        let mut told = self.changes.subscribe();
        Ok(Changes::spawn(async move |sender| {
            loop {
                let change = match told.recv().await {
                    Ok(change) => Ok(change),
                    Err(RecvError::Lagged(missed)) => Err(behind(missed)),
                    Err(RecvError::Closed) => return,
                };
                if !sender.send(change).await {
                    return;
                }
            }
        }))
    }
}

impl MemoryMembership {
    /// Sends a change with the rows locked, so that changes are reported in order. Its receivers are tasks of
    /// [`Changes`], not user code.
    fn tell(&self, change: MemberChange) {
        // Without a watch the change has no receiver.
        let _ = self.changes.send(change);
    }
}

fn behind(missed: u64) -> MembershipError {
    let text = format!("this watch was too slow and missed {missed} changes: read the members again");
    MembershipError::new(MembershipErrorKind::Store, text)
}

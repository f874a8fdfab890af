use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::listen::Listener;
use super::query::text;
use super::{PostgresMembership, rows};
use crate::{
    Capabilities, Changes, ClockSource, Member, Membership, MembershipError, MembershipErrorKind, Process,
    Record, ServiceIdentity, Watching,
};

impl Membership for PostgresMembership {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Pushed,
            force_down: true,
            durable: true,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        }
    }

    async fn record(&self, service: &ServiceIdentity) -> Result<Record, MembershipError> {
        let values = [text(&service.binary), text(&service.host), text(&service.topic)];
        let rows = self.query(&self.statements.record, &values).await?;
        Ok(if self.flag(&rows, 0)? { Record::Created } else { Record::Updated })
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let process = Process::of(service).to_string();
        let values = [text(&service.binary), text(&service.host), text(&process)];
        let joined = self.query(&self.statements.join, &values).await?;
        if joined.is_empty() {
            return Err(MembershipError::unknown(&service.host, &service.binary, &[]));
        }
        Ok(())
    }

    async fn beat(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let process = Process::of(service).to_string();
        let values = [text(&service.binary), text(&service.host), text(&process)];
        let rows = self.query(&self.statements.beat, &values).await?;
        match (self.flag(&rows, 0)?, self.flag(&rows, 1)?) {
            (true, _) => Ok(()),
            (false, true) => Err(MembershipError::not_joined(&service.host, &service.binary)),
            (false, false) => Err(MembershipError::unknown(&service.host, &service.binary, &[])),
        }
    }

    async fn leave(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        let process = Process::of(service).to_string();
        let values = [text(&service.binary), text(&service.host), text(&process)];
        self.query(&self.statements.leave, &values).await?;
        Ok(())
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let begun = self.readings.begin();
        let rows = self.query(&self.statements.members, &[]).await?;
        let found = rows::members(&rows).map_err(|failure| failure.of(self.pool.shown()))?;
        Ok(self.readings.end(begun, found))
    }

    async fn force_down(&self, host: &str, service: &str, down: bool) -> Result<(), MembershipError> {
        let values = [(&service as _, Type::TEXT), (&host as _, Type::TEXT), (&down as _, Type::BOOL)];
        if self.query(&self.statements.force_down, &values).await?.is_empty() {
            return Err(MembershipError::unknown(host, service, &[]));
        }
        Ok(())
    }

    async fn duplicate(&self, service: &ServiceIdentity) -> Result<Option<Process>, MembershipError> {
        let process = Process::of(service).to_string();
        let values = [text(&service.binary), text(&service.host), text(&process)];
        let rows = self.query(&self.statements.duplicate, &values).await?;
        let found: Option<&str> = rows.first().and_then(|row| row.try_get(0).ok());
        Ok(found.and_then(|process| process.parse().ok()))
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        self.watches.watch(|| Listener::new(self)).await
    }
}

impl PostgresMembership {
    /// Returns the value of a column in the only row.
    fn flag(&self, rows: &[Row], column: usize) -> Result<bool, MembershipError> {
        let shown = self.pool.shown();
        let Some(row) = rows.first() else {
            let text = format!("{shown} answered without a row");
            return Err(MembershipError::new(MembershipErrorKind::Store, text));
        };
        row.try_get(column).map_err(|error| super::errors::PostgresError::from(error).of(shown))
    }
}

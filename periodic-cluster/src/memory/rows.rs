use std::collections::BTreeMap;

use periodic_core::time::{Instant, Now};
use periodic_runtime::service::ServiceIdentity;

use crate::{Member, MemberChange, MembershipError, Presence, Process, Record};

/// The records, in the order of members.
#[derive(Default)]
pub(super) struct Rows(BTreeMap<(String, String), Row>);

struct Row {
    member: Member,
    /// On the boot-time clock, so that setting the wall clock changes no age.
    shown: Instant,
    /// The process that has left, until a process joins or beats again.
    left: Option<Process>,
    /// The process that joined or beat last, until it leaves.
    beaten_by: Option<Process>,
}

impl Rows {
    pub(super) fn record(&mut self, service: &ServiceIdentity, now: Now) -> (Record, MemberChange) {
        let key = (service.binary.clone(), service.host.clone());
        if let Some(row) = self.0.get_mut(&key) {
            row.member.topic.clone_from(&service.topic);
            return (Record::Updated, MemberChange::Updated(row.at(now)));
        }
        let member = Member {
            host: service.host.clone(),
            binary: service.binary.clone(),
            topic: service.topic.clone(),
            process: None,
            created_at: now.wall,
            last_seen: None,
            report_count: 0,
            forced_down: false,
            presence: Presence::Absent,
        };
        let row = self.0.entry(key).or_insert(Row { member, shown: now.boot, left: None, beaten_by: None });
        (Record::Created, MemberChange::Joined(row.at(now)))
    }

    pub(super) fn join(
        &mut self,
        service: &ServiceIdentity,
        now: Now,
    ) -> Result<MemberChange, MembershipError> {
        let row = self.row(&service.host, &service.binary)?;
        row.member.process = Some(Process::of(service));
        row.beaten_by = row.member.process;
        Ok(row.shows(now))
    }

    pub(super) fn beat(
        &mut self,
        service: &ServiceIdentity,
        now: Now,
    ) -> Result<MemberChange, MembershipError> {
        let process = Process::of(service);
        let row = self.row(&service.host, &service.binary)?;
        if row.left == Some(process) {
            return Err(MembershipError::not_joined(&service.host, &service.binary));
        }
        row.member.report_count += 1;
        row.member.process.get_or_insert(process);
        row.beaten_by = Some(process);
        Ok(row.shows(now))
    }

    /// Marks the service as left, unless another process has followed: then the record is the other's.
    pub(super) fn leave(&mut self, service: &ServiceIdentity, now: Now) -> Option<MemberChange> {
        let process = Process::of(service);
        let row = self.row(&service.host, &service.binary).ok()?;
        row.beaten_by.take_if(|last| *last == process);
        if row.left.is_some() || row.member.process.is_some_and(|last| last != process) {
            return None;
        }
        row.member.process = None;
        row.left = Some(process);
        Some(MemberChange::Left(row.at(now)))
    }

    pub(super) fn force_down(
        &mut self,
        host: &str,
        service: &str,
        down: bool,
        now: Now,
    ) -> Result<MemberChange, MembershipError> {
        let row = self.row(host, service)?;
        row.member.forced_down = down;
        Ok(MemberChange::Updated(row.at(now)))
    }

    pub(super) fn duplicate(&self, service: &ServiceIdentity) -> Option<Process> {
        let row = self.0.get(&(service.binary.clone(), service.host.clone()))?;
        row.beaten_by.filter(|last| *last != Process::of(service))
    }

    pub(super) fn members(&self, now: Now) -> Vec<Member> {
        self.0.values().map(|row| row.at(now)).collect()
    }

    fn row(&mut self, host: &str, service: &str) -> Result<&mut Row, MembershipError> {
        let row = self.0.get_mut(&(service.to_owned(), host.to_owned()));
        row.ok_or_else(|| MembershipError::unknown(host, service, &[]))
    }
}

impl Row {
    /// Records a sign of life.
    fn shows(&mut self, now: Now) -> MemberChange {
        self.shown = now.boot;
        self.member.last_seen = Some(now.wall);
        match self.left.take() {
            Some(_) => MemberChange::Joined(self.at(now)),
            None => MemberChange::Updated(self.at(now)),
        }
    }

    fn at(&self, now: Now) -> Member {
        let age = now.boot.as_nanos().saturating_sub(self.shown.as_nanos());
        let presence = if self.left.is_some() { Presence::Absent } else { Presence::Heartbeat { age } };
        Member { presence, ..self.member.clone() }
    }
}

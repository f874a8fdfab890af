//! A fleet whose members are rows, when the clock that dates them is set.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use periodic_core::time::Timestamp;
use tokio::time::Instant;

use super::{Found, Readings};
use crate::{
    Capabilities, Changes, ClockSource, Member, MemberChange, Membership, MembershipError, Presence, Record,
    ServiceGroup, ServiceIdentity, Watching,
};

const SECOND: i64 = 1_000_000_000;

/// A table with one row, dated by a clock that can be set.
#[derive(Clone)]
struct Table {
    begun: Instant,
    /// The lead of the clock, its time when the row was written, and the number of writes.
    state: Arc<Mutex<(i64, i64, u64)>>,
    readings: Readings,
}

impl Table {
    fn new() -> Self {
        Self { begun: Instant::now(), state: Arc::default(), readings: Readings::default() }
    }

    fn wall(&self) -> i64 {
        i64::try_from(self.begun.elapsed().as_nanos()).unwrap() + self.state.lock().unwrap().0
    }

    fn set_clock(&self, by: i64) {
        self.state.lock().unwrap().0 += by;
    }
}

impl Membership for Table {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            watch: Watching::Polled,
            force_down: false,
            durable: false,
            clock: ClockSource::Engine,
            advisory: false,
            ends_silent: true,
        }
    }

    async fn record(&self, _: &ServiceIdentity) -> Result<Record, MembershipError> {
        Ok(Record::Created)
    }

    async fn join(&self, service: &ServiceIdentity) -> Result<(), MembershipError> {
        self.beat(service).await
    }

    async fn beat(&self, _: &ServiceIdentity) -> Result<(), MembershipError> {
        let wall = self.wall();
        let mut state = self.state.lock().unwrap();
        (state.1, state.2) = (wall, state.2 + 1);
        Ok(())
    }

    async fn leave(&self, _: &ServiceIdentity) -> Result<(), MembershipError> {
        Ok(())
    }

    async fn members(&self) -> Result<Vec<Member>, MembershipError> {
        let (begun, wall, (_, at, reports)) =
            (self.readings.begin(), self.wall(), *self.state.lock().unwrap());
        let member = Member {
            last_seen: Some(Timestamp::from_nanos(at)),
            report_count: reports,
            ..Member::compute("node-1", Presence::Heartbeat { age: wall - at })
        };
        let found =
            Found { wall: Some(Timestamp::from_nanos(wall)), members: vec![member], skipped: Vec::new() };
        Ok(self.readings.end(begun, found))
    }

    async fn force_down(&self, _: &str, _: &str, _: bool) -> Result<(), MembershipError> {
        Ok(())
    }

    async fn watch(&self) -> Result<Changes, MembershipError> {
        let table = self.clone();
        Changes::polled(Duration::from_secs(1), move || {
            let table = table.clone();
            async move { table.members().await }
        })
        .await
    }
}

#[tokio::test(start_paused = true)]
async fn a_healthy_member_neither_leaves_nor_joins_when_the_clock_is_set() {
    for set in [3_600 * SECOND, -3_600 * SECOND, 70 * SECOND, 86_400 * 365 * SECOND] {
        let table = Table::new();
        let group = ServiceGroup::new(table.clone(), ServiceGroup::DOWN_TIME);
        let service = ServiceIdentity::new("node-1", "nova-compute");
        table.join(&service).await.unwrap();
        let mut changes = group.watch().await.unwrap();
        for beat in 0..30 {
            if beat % 10 == 5 {
                table.set_clock(if beat == 15 { -set } else { set });
            }
            for _ in 0..10 {
                tokio::time::sleep(Duration::from_secs(1)).await;
                assert!(group.is_up_of("node-1", "nova-compute").await.unwrap(), "beat {beat}");
            }
            table.beat(&service).await.unwrap();
        }
        // The member falls silent, and is down after the down time, regardless of the clock.
        let silent = Instant::now();
        table.set_clock(-set);
        let mut turned = Vec::new();
        while turned.is_empty() {
            match changes.next().await.unwrap().unwrap() {
                MemberChange::Updated(_) => {}
                other => turned.push(other),
            }
        }
        assert!(matches!(&turned[..], [MemberChange::Left(_)]), "{turned:?}");
        let after = silent.elapsed().as_secs();
        assert!((59..=62).contains(&after), "{after} s, the clock set by {set}");
    }
}

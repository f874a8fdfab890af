use std::time::Duration;

use periodic_cluster::memory::MemoryMembership;

use crate::fixture::Fixture;

struct Memory(MemoryMembership);

impl Fixture for Memory {
    type Driver = MemoryMembership;

    async fn start() -> Option<Self> {
        Some(Self(MemoryMembership::new()))
    }

    async fn connect(&self) -> MemoryMembership {
        self.0.clone()
    }

    fn down_time(&self) -> Duration {
        Duration::from_secs(60)
    }
}

suite!(Memory, start_paused = true);

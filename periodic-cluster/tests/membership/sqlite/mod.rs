mod folder;
mod long;
mod own;

use std::time::Duration;

use periodic_cluster::MembershipErrorKind;
use periodic_cluster::sqlite::SqliteMembership;

use self::folder::Folder;
use crate::fixture::Fixture;

struct Sqlite(Folder);

impl Fixture for Sqlite {
    type Driver = SqliteMembership;

    async fn start() -> Option<Self> {
        Some(Self(Folder::new()))
    }

    async fn connect(&self) -> SqliteMembership {
        let opened = SqliteMembership::open(self.0.file()).await.unwrap();
        opened.poll(Duration::from_millis(20))
    }

    fn down_time(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn url(&self) -> Option<String> {
        Some(format!("sqlite:{}", self.0.file().display()))
    }

    /// Removes the folder for a while, like a disk that is not mounted.
    async fn restart(&self) -> bool {
        self.0.move_away();
        let error = SqliteMembership::open(self.0.file()).await.unwrap_err();
        assert_eq!(error.kind(), MembershipErrorKind::Unavailable, "{error}");
        self.0.move_back();
        true
    }
}

suite!(Sqlite);

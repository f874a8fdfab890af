//! `ManagerMetaTestCase`: which tasks are collected, and with which spacing.

use periodic::task::{TaskName, TaskSpec};
use periodic::{periodic_manager, periodic_task};

use super::under_test::UnderTest;

struct Manager;

#[periodic_manager]
impl Manager {
    #[periodic_task]
    fn foo(&self) {}

    #[periodic_task(spacing = 4)]
    fn bar(&self) {}

    #[periodic_task(enabled = false)]
    fn baz(&self) {}
}

#[test]
fn test_meta() {
    let mut manager = UnderTest::at(340, Manager);
    assert_eq!(manager.names(), ["foo", "bar"]);
    assert_eq!(manager.spacings(), [60, 4]);
    let external = TaskName::new("Manager", "external").unwrap();
    manager.tasks.add_periodic_task(external, TaskSpec::new("external"), |_, &(), _| ()).unwrap();
    assert_eq!(manager.names(), ["foo", "bar", "external"]);
    assert_eq!(manager.spacings(), [60, 4, 60]);
}

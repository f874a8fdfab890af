//! The linker keeps the rows of another crate: here, so that it takes little to build in release.

use periodic_test_rows as _;
use recurring::catalogue::Catalogue;

#[test]
fn rows_of_another_crate_are_kept() {
    assert_eq!(Catalogue::expect("periodic_test_rows"), Ok(()));
    let tasks = Catalogue::declarations().iter().map(|one| one.tasks.len()).sum::<usize>();
    assert_eq!(tasks, 5);
}

use super::*;

struct Compute;

#[periodic_manager]
impl Compute {
    #[cfg(any())]
    #[periodic_task(spacing = 1)]
    fn left_out(&self, unknown: &Unknown) {}

    #[cfg(any())]
    #[periodic_task(spacing = 5)]
    fn one_of_two(&self) {}

    #[cfg(not(any()))]
    #[periodic_task(spacing = 7)]
    fn one_of_two(&self) {}

    #[cfg_attr(all(), cold, cfg(any()))]
    #[periodic_task]
    fn left_out_in_turn(&self, unknown: &Unknown) {}

    #[cfg_attr(any(), periodic_task)]
    #[expect(dead_code, reason = "its attribute is not there")]
    fn no_task(&self) {}

    #[cfg_attr(all(), periodic_task, doc = "Last.")]
    fn last(&self) {}
}

#[tokio::test]
async fn number_the_rows_that_are_left() {
    let table = TaskTable::of(&Compute, &Settings::default()).unwrap();
    let rows: Vec<_> = table.tasks().iter().map(|task| (task.name().task(), task.path())).collect();
    assert_eq!(rows, [("one_of_two", &[0][..]), ("last", &[1])]);
    assert_eq!(interval(&table.tasks()[0]), 7_000_000_000);
    run_once(Compute, &()).await;
}

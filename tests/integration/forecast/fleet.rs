use periodic::sim::Takes;
use periodic::task::Jitter;

use super::{every, named, of};

fn nodes(count: usize) -> impl Iterator<Item = String> {
    (1..=count).map(|node| format!("compute-{node}"))
}

#[test]
fn nodes_that_start_at_once_make_their_load_at_once() {
    let one = of([every("report", 60), every("audit", 300)]).takes("report", "90s").make().unwrap();
    let forecast = of([every("report", 60), every("audit", 300)])
        .takes("report", "90s")
        .nodes(nodes(20))
        .make()
        .unwrap();
    assert_eq!(forecast.nodes(), 20);
    let twenty = |numbers: &[u64]| numbers.iter().map(|number| number * 20).collect::<Vec<_>>();
    assert_eq!(forecast.starts_per_minute(), twenty(one.starts_per_minute()));
    assert_eq!(forecast.at_once_per_minute(), twenty(one.at_once_per_minute()));
    assert_eq!(named(&forecast.busiest_instant().unwrap().by_task), [("report", 20), ("audit", 20)]);
    for (all, one) in forecast.by_task().iter().zip(one.by_task()) {
        assert_eq!((all.starts(), all.lost(), all.busy), (one.starts() * 20, one.lost() * 20, one.busy * 20));
    }
}

#[test]
fn ends_of_one_node_and_starts_of_another_are_not_together() {
    let forecast = of([every("report", 60)]).takes("report", "60s").nodes(["a", "b", "c"]).make().unwrap();
    assert_eq!(forecast.most_at_once(), 3);
}

#[test]
fn jitter_spreads_a_fleet_by_its_names() {
    let of = |jitter| of([every("report", 60).jitter(jitter)]).takes("report", "1s").nodes(nodes(60)).make();
    let (together, spread) = (of(Jitter::None).unwrap(), of(Jitter::Share(1_000_000)).unwrap());
    assert_eq!((together.most_at_once(), together.busiest_instant().unwrap().starts), (60, 60));
    assert!(spread.most_at_once() <= 8, "{}", spread.most_at_once());
    assert_eq!(spread.busiest_instant().unwrap().starts, 1);
    assert_eq!(together.starts(), 9 * 60);
}

#[test]
fn one_of_many_nodes_does_as_it_does_alone() {
    let of = || {
        let spec = every("report", 60).jitter(Jitter::Share(500_000));
        of([spec]).takes("report", Takes::between("1s", "50s").seed(3))
    };
    let (alone, among) = (of().node("compute-1").make().unwrap(), of().nodes(nodes(1)).make().unwrap());
    assert_eq!(alone.to_svg(), among.to_svg());
    assert_ne!(alone.to_svg(), of().node("compute-2").make().unwrap().to_svg());
}

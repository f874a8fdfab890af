use std::time::Duration;

use super::scene::{Scene, after};

#[tokio::test(start_paused = true)]
async fn the_tasks_begin_after_it_and_all_else_before() {
    let mut firsts = Vec::new();
    for seed in 0..20 {
        let scene = Scene::new();
        let service = scene.service_with(|options| options.periodic_fuzzy_delay = Duration::from_secs(60));
        let _ = service.seed(seed).build().unwrap().run_until(after(120)).await.unwrap();
        assert_eq!(scene.times("join"), [0]);
        assert_eq!(scene.times("beat")[..2], [5, 15]);
        let work = scene.times("work");
        assert!((10..=70).contains(&work[0]), "{work:?}");
        assert_eq!(work[1] - work[0], 10);
        firsts.push(work[0]);
    }
    firsts.sort_unstable();
    assert!(firsts[0] < 25 && firsts[19] > 55, "{firsts:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stop_during_it_is_prompt() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.periodic_fuzzy_delay = Duration::from_secs(3_600));
    let stopped = service.seed(1).build().unwrap().run_until(after(3)).await.unwrap();
    assert!(stopped.is_clean());
    assert_eq!(scene.times("cleanup_host"), [3]);
    assert!(scene.times("work").is_empty());
}

use std::num::NonZeroUsize;
use std::time::Duration;

use periodic_test_support::LogCapture;

use super::scene::{Fault, Scene, after};

#[tokio::test(start_paused = true)]
async fn the_first_comes_after_five_seconds() {
    let scene = Scene::new();
    let _ = scene.service().build().unwrap().run_until(after(40)).await.unwrap();
    assert_eq!(scene.times("beat"), [5, 15, 25, 35]);
}

#[tokio::test(start_paused = true)]
async fn the_first_comes_before_a_short_down_time_is_over() {
    let scene = Scene::new();
    let service = scene.service_with(|options| {
        options.report_interval = Duration::from_secs(2);
        options.service_down_time = Duration::from_secs(5);
    });
    let _ = service.build().unwrap().run_until(after(7)).await.unwrap();
    assert_eq!(scene.times("beat"), [2, 4, 6]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_in_front_of_it() {
    let scene = Scene::new();
    scene.break_down("working", Fault::Hangs);
    let service = scene.service().limit(NonZeroUsize::MIN).build().unwrap();
    let _ = service.run_until(after(40)).await.unwrap();
    assert_eq!(scene.times("work"), [10], "the only place is taken");
    assert_eq!(scene.times("beat")[..4], [5, 15, 25, 35]);
    assert_eq!(scene.times("beat").len(), 10, "they go on while runs have their grace time");
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_stops_neither_the_next_nor_the_tasks() {
    for fault in [Fault::Hangs, Fault::Fails, Fault::Panics] {
        let scene = Scene::new();
        let said = LogCapture::default();
        let _guard = said.listen();
        let running = tokio::spawn(scene.service().build().unwrap().run_until(after(70)));
        after(20).await;
        scene.break_down("beat", fault);
        after(30).await;
        scene.mend();
        let _ = running.await.unwrap().unwrap();
        assert_eq!(scene.times("beat"), [5, 15, 25, 35, 45, 55, 65], "{fault:?}");
        assert_eq!(scene.times("work"), [10, 20, 30, 40, 50, 60]);
        assert_eq!(said.containing("a heartbeat failed").len(), 1, "{said:?}");
        let back = said.containing("heartbeats succeed again");
        assert_eq!(back.len(), 1, "{said:?}");
        assert!(back[0].contains("lasted=30s") && back[0].contains("lost=3"), "{back:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_short_down_time_is_made_longer() {
    let scene = Scene::new();
    let said = LogCapture::default();
    let _guard = said.listen();
    let service = scene.service_with(|options| options.service_down_time = Duration::from_secs(10));
    scene.break_down("join", Fault::Hangs);
    let _ = service.build().unwrap().run().await.unwrap_err();
    assert_eq!(scene.seconds(), 25, "it also bounds the registry's answers at the start");
    assert_eq!(said.containing("25s is used").len(), 1, "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_zero_is_none() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.report_interval = Duration::ZERO);
    let _ = service.build().unwrap().run_until(after(100)).await.unwrap();
    assert!(scene.times("beat").is_empty());
    assert_eq!(scene.times("leave"), [100], "it is a member nevertheless");
}

#[tokio::test(start_paused = true)]
async fn one_that_panics_when_it_is_given_up_is_not_the_last() {
    let scene = Scene::new();
    scene.break_down("beat", Fault::HangsBadly);
    let _stopped = scene.service().build().unwrap().run_until(after(30)).await.unwrap();
    assert_eq!(scene.times("beat"), [5, 15, 25]);
}

#[tokio::test(start_paused = true)]
async fn an_endless_interval_beats_once() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.report_interval = Duration::MAX);
    let _stopped = service.build().unwrap().run_until(after(1_000)).await.unwrap();
    assert_eq!(scene.times("beat"), [5]);
}

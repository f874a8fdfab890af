use std::error::Error as _;
use std::time::Duration;

use periodic::ErrorKind;
use periodic::service::StartStep;

use super::scene::{Fault, Scene, after};

/// The calls, without the lines about the time left.
fn called(scene: &Scene) -> Vec<String> {
    scene.order().into_iter().filter(|line| !line.starts_with("left")).collect()
}

#[tokio::test(start_paused = true)]
async fn a_step_that_fails_takes_back_those_before_it() {
    let up = ["init_host", "record", "pre_start_hook", "first up", "second up", "post_start_hook", "join"];
    let down = ["leave", "graceful_shutdown", "second down", "first down", "cleanup_host"];
    for (part, step, done, taken_back) in [
        ("init_host", StartStep::InitHost, 1, 5),
        ("record", StartStep::Record, 2, 4),
        ("pre_start_hook", StartStep::PreStart, 3, 4),
        ("post_start_hook", StartStep::PostStart, 6, 2),
        // Which may have taken effect all the same.
        ("join", StartStep::Join, 7, 0),
    ] {
        for fault in [Fault::Fails, Fault::Panics] {
            let scene = Scene::new();
            scene.break_down(part, fault);
            let error = scene.service().build().unwrap().run_until(after(100)).await.unwrap_err();
            assert_eq!((error.kind(), error.step()), (ErrorKind::Start, Some(step)));
            let cause = error.source().unwrap();
            assert!(cause.to_string().contains(part), "{cause}");
            assert!(error.to_string().contains("worker on node-1"), "{error}");
            let expected: Vec<_> = up[..done].iter().chain(&down[taken_back..]).copied().collect();
            assert_eq!(called(&scene), expected, "{part} {fault:?}");
            assert_eq!(scene.seconds(), 0);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_during_the_start_is_prompt() {
    let scene = Scene::new();
    scene.break_down("pre_start_hook", Fault::Hangs);
    let stopped = scene.service().build().unwrap().run_until(after(100)).await.unwrap();
    assert!(stopped.is_clean());
    assert_eq!(called(&scene), ["init_host", "record", "pre_start_hook", "cleanup_host"]);
    assert_eq!(scene.seconds(), 100);
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_does_not_answer_ends_the_start() {
    for part in ["record", "join"] {
        let scene = Scene::new();
        scene.break_down(part, Fault::Hangs);
        let error = scene.service().build().unwrap().run().await.unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), "the registry did not answer within 60s");
        assert_eq!(scene.times("leave"), if part == "join" { vec![60] } else { vec![] });
    }
}

#[tokio::test(start_paused = true)]
async fn a_join_that_was_dropped_is_taken_back() {
    let scene = Scene::new();
    scene.break_down("join", Fault::Hangs);
    let stopped = scene.service().build().unwrap().run_until(after(7)).await.unwrap();
    assert!(stopped.is_clean());
    assert_eq!(scene.times("leave"), [7]);

    // A registry that answers neither is not waited for without end.
    let scene = Scene::new();
    scene.break_down("join", Fault::Hangs);
    scene.break_down("leave", Fault::Hangs);
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::ZERO);
    let _error = service.build().unwrap().run().await.unwrap_err();
    assert_eq!(scene.times("cleanup_host"), [120]);
}

#[tokio::test(start_paused = true)]
async fn what_fails_at_the_stop_stops_nothing() {
    for fault in [Fault::Fails, Fault::Panics] {
        let scene = Scene::new();
        for part in ["leave", "graceful_shutdown", "second down", "first down", "cleanup_host"] {
            scene.break_down(part, fault);
        }
        let stopped = scene.service().build().unwrap().run_until(after(12)).await.unwrap();
        assert!(stopped.is_clean(), "it failed, but it has ended: {stopped}");
        assert_eq!(scene.times("cleanup_host"), [12]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_hangs_at_the_stop_has_the_rest_of_the_grace_time() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::from_secs(20));
    for part in ["working", "graceful_shutdown", "second down"] {
        scene.break_down(part, Fault::Hangs);
    }
    let stopped = service.build().unwrap().run_until(after(12)).await.unwrap();
    assert_eq!(
        stopped.to_string(),
        "runs were cut: Worker.work; also cut: `graceful_shutdown`, endpoint `second`"
    );
    assert!(!stopped.is_clean());
    // The run has used up the grace time; each later step has a second.
    assert_eq!(scene.order().iter().filter(|line| line.starts_with("left")).count(), 1);
    assert_eq!(scene.times("left Some(0)"), [32]);
    assert_eq!(scene.times("second down"), [33]);
    assert_eq!(scene.times("first down"), [34]);
    assert_eq!(scene.times("cleanup_host"), [34]);
}

#[tokio::test(start_paused = true)]
async fn an_endless_grace_time_ends_with_a_second_wish() {
    let scene = Scene::new();
    scene.break_down("graceful_shutdown", Fault::Hangs);
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::ZERO);
    let service = service.build().unwrap();
    let handle = service.control().tasks().clone();
    let running = tokio::spawn(service.run_until(after(12)));
    after(1_000).await;
    assert_eq!(scene.times("left None"), [12]);
    handle.stop_now();
    let stopped = running.await.unwrap().unwrap();
    assert_eq!(stopped.overdue(), ["`graceful_shutdown`"]);
    assert_eq!(scene.times("cleanup_host"), [1_000]);
}

#[tokio::test(start_paused = true)]
async fn a_registry_that_hangs_does_not_hold_an_endless_stop() {
    let scene = Scene::new();
    scene.break_down("leave", Fault::Hangs);
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::ZERO);
    let stopped = service.build().unwrap().run_until(after(12)).await.unwrap();
    assert_eq!(stopped.overdue(), ["leaving the membership"]);
    assert_eq!(scene.times("left None"), [72]);
}

#[tokio::test(start_paused = true)]
async fn a_grace_time_longer_than_time_has_no_end() {
    let scene = Scene::new();
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::MAX);
    let stopped = service.build().unwrap().run_until(after(12)).await.unwrap();
    assert!(stopped.is_clean());
    assert_eq!(scene.times("left None"), [12]);
}

#[tokio::test(start_paused = true)]
async fn what_panics_when_it_is_cut_does_not_stop_the_rest() {
    let scene = Scene::new();
    for part in ["working", "leave", "graceful_shutdown", "second down", "cleanup_host"] {
        scene.break_down(part, Fault::HangsBadly);
    }
    let service = scene.service_with(|options| options.graceful_shutdown_timeout = Duration::from_secs(5));
    let stopped = service.build().unwrap().run_until(after(12)).await.unwrap();
    assert_eq!(
        stopped.overdue(),
        ["leaving the membership", "`graceful_shutdown`", "endpoint `second`", "`cleanup_host`"]
    );

    let scene = Scene::new();
    scene.break_down("pre_start_hook", Fault::HangsBadly);
    let _stopped = scene.service().build().unwrap().run_until(after(12)).await.unwrap();
    assert_eq!(scene.times("cleanup_host"), [12]);
}

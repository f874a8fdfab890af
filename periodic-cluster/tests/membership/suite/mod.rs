//! The suite: functions that take any store.

pub(crate) mod aging;
pub(crate) mod crowd;
pub(crate) mod duplicates;
pub(crate) mod forcing;
pub(crate) mod joining;
pub(crate) mod naming;
pub(crate) mod processes;
pub(crate) mod restarting;
pub(crate) mod watching;

/// Runs the suite for a fixture. Further arguments go to `#[tokio::test]`.
macro_rules! suite {
    ($fixture:ty $(, $($argument:tt)*)?) => {
        crate::suite::each!([$fixture] [$($($argument)*)?]
            aging::silence_makes_down
            aging::a_beat_brings_back
            aging::beats_are_counted
            aging::a_node_with_a_wrong_clock
            crowd::two_hundred_members
            crowd::one_of_many_creates_the_record
            duplicates::two_processes_of_one_name_say_so_once
            duplicates::a_process_that_follows_others_is_none_too_many
            forcing::forced_down_wins
            forcing::an_unknown_member_is_named
            joining::record_then_join
            joining::join_twice
            joining::leave_and_come_back
            joining::a_beat_that_comes_after_leaving
            joining::without_a_record
            joining::one_process_follows_another
            joining::one_process_outlives_another
            naming::a_record_with_a_bad_name_spoils_no_list
            processes::a_killed_process_goes_down
            restarting::the_store_comes_back
            watching::a_driver_tells_in_order
            watching::a_group_tells_who_is_up
        );
    };
}

macro_rules! each {
    ($fixture:tt $arguments:tt $($module:ident::$name:ident)*) => {
        $(crate::suite::one!($fixture $arguments $module $name);)*
    };
}

macro_rules! one {
    ([$fixture:ty] [$($arguments:tt)*] $module:ident $name:ident) => {
        #[tokio::test($($arguments)*)]
        async fn $name() {
            if let Some(fixture) = <$fixture as crate::fixture::Fixture>::start().await {
                crate::suite::$module::$name(fixture).await;
            }
        }
    };
}

pub(crate) use {each, one};

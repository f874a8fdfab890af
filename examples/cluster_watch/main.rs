//! Watches a fleet: the state of its services, and the changes.
//!
//! ```text
//! cargo run --example cluster_watch --features sqlite -- --membership sqlite:nodes.db
//! ```

mod arguments;
#[path = "../stdout/mod.rs"]
mod stdout;
mod table;

use anyhow::Context as _;
use periodic::cluster::{Member, ServiceGroup};

use self::arguments::{Command, HELP};
use self::stdout::say;
use self::table::Fleet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = match Command::parse()? {
        Command::Watch(arguments) => arguments,
        Command::Help => {
            say(HELP.trim_end());
            return Ok(());
        }
    };
    let group = ServiceGroup::connect_with(&arguments.membership, arguments.down_time)
        .await
        .context("the fleet cannot be reached")?;
    if let Some((host, service, down)) = &arguments.force {
        return Ok(group.force_down(host, service, *down).await?);
    }
    if !arguments.once {
        return watch(&group).await;
    }
    let members = group.members().await?;
    if arguments.json {
        say(format_args!("{:#}", table::json(&group, &members)));
    } else {
        say(table::written(&group, &members).trim_end());
    }
    Ok(())
}

/// Prints the members, then a line for each change, until Ctrl-C.
async fn watch(group: &ServiceGroup) -> anyhow::Result<()> {
    // Before the members are read, so that no change in between is missed.
    let mut changes = group.watch().await?;
    let mut fleet = Fleet::default();
    say(table::head());
    for member in group.members().await? {
        print_news(&mut fleet, group, &member);
    }
    let mut in_sight = true;
    loop {
        let change = tokio::select! {
            change = changes.next() => change,
            interrupted = tokio::signal::ctrl_c() => return Ok(interrupted?),
        };
        match change {
            None => return Ok(()),
            Some(Ok(change)) => {
                if !std::mem::replace(&mut in_sight, true) {
                    say("the fleet can be reached again");
                }
                print_news(&mut fleet, group, change.member());
            }
            Some(Err(error)) => {
                in_sight = false;
                say(format_args!("the fleet cannot be reached: {:#}", anyhow::Error::from(error)));
            }
        }
    }
}

fn print_news(fleet: &mut Fleet, group: &ServiceGroup, member: &Member) {
    if let Some(line) = fleet.news(group, member) {
        say(line);
    }
}

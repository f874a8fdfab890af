use std::process::Command;

use super::node::{Node, settings};
use super::program::program;
use crate::launcher::process::Directory;

/// The message of a node that does not start.
fn refused(arguments: &[&str]) -> String {
    let node = Command::new(program("compute_node")).args(arguments).output().unwrap();
    assert!(!node.status.success(), "{arguments:?}");
    String::from_utf8(node.stderr).unwrap()
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let conductor = "conductor+http://127.0.0.1:8774";
    for (arguments, said) in [
        (&["--conductor", conductor][..], "`--token-file` is missing"),
        (&["--serve-conductor", "127.0.0.1:0"], "`--token-file` is missing"),
        (&["--token-file", "token"], "`--token-file` has a meaning only with `--conductor`"),
        (&["--conductor", conductor, "--token-file", "token", "--db", "x"], "`--db` has no meaning"),
        (&["--conductor", conductor, "--serve-conductor", "x", "--token-file", "token"], "needs a database"),
        (&["--conductor", "conductor+http://hush@h"], "takes no token, because other users can see it"),
        (&["--report-interval", "-1s"], "--report-interval: `-1s` is negative"),
        (&["--service-down-time", "soon"], "--service-down-time: `soon`"),
    ] {
        let refused = refused(arguments);
        assert!(refused.contains(said) && !refused.contains("hush"), "{arguments:?}: {refused}");
    }
}

#[test]
fn a_feature_that_is_off_is_named() {
    let directory = Directory::new();
    std::fs::write(directory.path("compute.toml"), settings("")).unwrap();
    let mut off = Vec::new();
    if !cfg!(feature = "sqlite") {
        off.push((&["--membership", "sqlite:nodes.db"][..], "sqlite"));
    }
    if !cfg!(feature = "postgres") {
        off.push((&["--membership", "postgres://nova:hush@db/fleet"], "postgres"));
    }
    if !cfg!(feature = "conductor") {
        off.push((&["--serve-conductor", "127.0.0.1:0", "--token-file", "token"], "conductor"));
    }
    for (arguments, feature) in off {
        let (code, said) = Node::start(&directory, arguments).ended();
        assert_ne!(code, Some(0), "{said}");
        assert!(said.contains("turn on the feature") && said.contains(feature), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
}

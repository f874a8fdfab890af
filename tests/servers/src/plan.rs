use std::ffi::OsString;
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::Signal;

use crate::installed::User;
use crate::probe::Probe;

/// The data for each start of a server.
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) user: Option<User>,
    pub(crate) probe: Probe,
    /// The signal that stops it in good order.
    pub(crate) stop: Signal,
}

impl Plan {
    pub(crate) fn spawn(&self, folder: &Path) -> Child {
        let mut command = command(&self.program, self.user, folder);
        command
            .args(&self.arguments)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", self.program.display()))
    }
}

/// Creates a command that runs as `user` in `folder`, and appends its output to the file `log` there.
pub(crate) fn command(program: &Path, user: Option<User>, folder: &Path) -> Command {
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    let mut command = Command::new(program);
    if let Some(User { user, group }) = user {
        command.uid(user).gid(group);
    }
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    command
}

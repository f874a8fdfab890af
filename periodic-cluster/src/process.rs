use std::fmt;
use std::str::FromStr;

use periodic_runtime::service::ServiceIdentity;

/// One run of a service: its process id, and a random number that is made when the process first needs it.
///
/// The process id alone repeats after a reboot, and across containers.
///
/// # Examples
/// ```
/// use periodic_cluster::Process;
///
/// let process = Process { pid: 4711, run: 0x1f };
/// assert_eq!(process.to_string(), "4711-000000000000001f");
/// assert_eq!(process.to_string().parse(), Ok(process));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Exhaustive, because engines make it, and its text is its two fields.
pub struct Process {
    /// The process id.
    pub pid: u32,
    /// A random number.
    pub run: u64,
}

impl Process {
    /// Returns the process in which the service runs.
    pub fn of(service: &ServiceIdentity) -> Self {
        Self { pid: service.pid, run: service.run }
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.pid, self.run)
    }
}

impl FromStr for Process {
    type Err = ProcessError;

    fn from_str(text: &str) -> Result<Self, ProcessError> {
        let read = || {
            let (pid, run) = text.split_once('-')?;
            Some(Self { pid: pid.parse().ok()?, run: u64::from_str_radix(run, 16).ok()? })
        };
        read().ok_or_else(|| ProcessError(text.to_owned()))
    }
}

/// The text is not of the form `PID-HEX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessError(String);

impl fmt::Display for ProcessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no process: expected a process id, `-` and a hexadecimal number",
            periodic_text::quoted(&self.0)
        )
    }
}

impl std::error::Error for ProcessError {}

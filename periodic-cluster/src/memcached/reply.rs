use std::{fmt, io};

use periodic_text::quoted;

/// The most bytes of a line: a key has 250, and a text of an error is short.
pub(super) const LINE: u64 = 2_048;

/// The reason why memcached has not done a request.
#[derive(Debug)]
pub(super) enum Error {
    Io(io::Error),
    /// The answer breaks the protocol.
    Broken(&'static str),
    /// The answer is none that is known.
    Foreign(String),
    /// The server does not know the command.
    NoCommand,
    /// The server's own words.
    Refused(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Broken(why) => write!(f, "its answer cannot be read: {why}"),
            Self::Foreign(line) => write!(f, "its answer cannot be read: found `{}`", quoted(line)),
            Self::NoCommand => f.write_str("it does not know the command"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {}

/// The first line of a part of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    Value { key: String, version: u64, size: usize },
    End,
}

pub(super) fn header(line: &str) -> Result<Header, Error> {
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    match words.next() {
        Some("MN") => return Ok(Header::End),
        Some("VA") => {}
        _ => return Err(refusal(line)),
    }
    let size = words.next().and_then(|size| size.parse().ok());
    let (mut key, mut version) = (None, None);
    for word in words {
        match word.split_at_checked(1) {
            Some(("k", name)) => key = Some(name.to_owned()),
            Some(("c", number)) => version = number.parse().ok(),
            _ => {}
        }
    }
    match (key, version, size) {
        (Some(key), Some(version), Some(size)) => Ok(Header::Value { key, version, size }),
        _ => Err(Error::Foreign(line.to_owned())),
    }
}

/// Returns the error of a line that is not the wanted answer.
pub(super) fn refusal(line: &str) -> Error {
    let words = |kind| line.strip_prefix(kind).map(|words: &str| Error::Refused(words.trim().to_owned()));
    if line == "ERROR" {
        return Error::NoCommand;
    }
    words("SERVER_ERROR").or_else(|| words("CLIENT_ERROR")).unwrap_or_else(|| Error::Foreign(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(header("MN").unwrap(), Header::End);
        let value = Header::Value { key: "/a/b".to_owned(), version: 7, size: 12 };
        assert_eq!(header("VA 12 c7 k/a/b").unwrap(), value);
        assert_eq!(header("VA 12 k/a/b c7 ").unwrap(), value);
        for (line, told) in [
            ("ERROR", "it does not know the command"),
            ("SERVER_ERROR object too large for cache", "object too large for cache"),
            ("CLIENT_ERROR bad data chunk", "bad data chunk"),
            ("VA 12 k/a/b", "its answer cannot be read: found `VA 12 k/a/b`"),
            ("VA -1 c7 k/a/b", "its answer cannot be read: found `VA -1 c7 k/a/b`"),
            (
                "VA 99999999999999999999 c7 k/a",
                "its answer cannot be read: found `VA 99999999999999999999 c7 k/a`",
            ),
            ("\u{1b}[2J", r"its answer cannot be read: found `\u{1b}[2J`"),
            ("", "its answer cannot be read: found ``"),
        ] {
            assert_eq!(header(line).unwrap_err().to_string(), told);
        }
    }
}

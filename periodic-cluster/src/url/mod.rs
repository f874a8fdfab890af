//! The place of a group's members, as a text.

mod parse;
mod shown;

#[cfg(any(feature = "etcd", feature = "memcached", feature = "zookeeper"))]
pub(crate) use parse::decoded;

use std::time::Duration;

use crate::MembershipError;

/// The engine of the members, its address and its credentials: `scheme:path` or
/// `scheme://user:password@host:port,host:port/path?key=value`.
///
/// `Display` and `Debug` show neither user and password, nor values of the query that may be secret.
///
/// # Examples
/// ```
/// use periodic_cluster::MembershipUrl;
///
/// let url: MembershipUrl = "postgres://nova:secret@db-1:5432/fleet?sslmode=require".parse()?;
/// assert_eq!(url.scheme(), "postgres");
/// assert_eq!(url.to_string(), "postgres://***@db-1:5432/fleet?sslmode=require");
/// # Ok::<(), periodic_cluster::MembershipError>(())
/// ```
// Some drivers do not need all of it.
#[allow(dead_code)]
#[derive(Clone, PartialEq, Eq)]
pub struct MembershipUrl {
    /// The text as it was written, secrets included.
    pub(crate) text: String,
    pub(crate) scheme: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) hosts: Vec<Host>,
    /// The path with its first `/`, if it has one.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
}

/// One of the hosts of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    /// An IPv6 address has no brackets here.
    pub(crate) name: String,
    pub(crate) port: Option<u16>,
}

#[allow(dead_code)]
impl MembershipUrl {
    /// Returns the text before the first colon. It names the engine.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Returns the last value of the query for `key`.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().rev().find(|(one, _)| one == key).map(|(_, value)| value.as_str())
    }

    /// Returns `host:port` of each host.
    pub(crate) fn addresses(&self, default_port: u16) -> Vec<String> {
        let written = |host: &Host| {
            let port = host.port.unwrap_or(default_port);
            if host.name.contains(':') {
                format!("[{}]:{port}", host.name)
            } else {
                format!("{}:{port}", host.name)
            }
        };
        self.hosts.iter().map(written).collect()
    }

    /// Creates an error about this URL.
    pub(crate) fn refused(&self, why: &str) -> MembershipError {
        MembershipError::new(crate::MembershipErrorKind::Url, format!("`{self}` cannot be used: {why}"))
    }

    /// Returns the path without a `/` at its end; `default` if it is empty.
    pub(crate) fn root(&self, default: &str) -> Result<String, MembershipError> {
        let root = self.path.trim_end_matches('/');
        if root.contains("//") || root.split('/').any(|part| part == "." || part == "..") {
            return Err(self.refused("its path cannot have a part that is empty, `.` or `..`"));
        }
        Ok(if root.is_empty() { default.to_owned() } else { root.to_owned() })
    }

    /// Returns the duration of the query for `key`.
    pub(crate) fn duration(&self, key: &str) -> Result<Option<Duration>, MembershipError> {
        let Some(text) = self.value(key) else { return Ok(None) };
        let length = periodic_text::duration::parse(text)
            .map_err(|error| self.refused(&format!("`{key}={text}` is no duration")).caused_by(error))?;
        match u64::try_from(length) {
            Ok(length) if length > 0 => Ok(Some(Duration::from_nanos(length))),
            _ => Err(self.refused(&format!("`{key}` must be longer than zero, as in `{key}=30s`"))),
        }
    }

    /// Refuses keys without a meaning for an engine.
    pub(crate) fn takes_only(&self, keys: &[&str]) -> Result<(), MembershipError> {
        match self.query.iter().find(|(key, _)| !keys.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, _)) if keys.is_empty() => {
                Err(self.refused(&format!("`{}:` takes no `{key}`", self.scheme)))
            }
            Some((key, _)) => {
                let known = keys.join("`, `");
                Err(self.refused(&format!("`{}:` takes no `{key}`, only `{known}`", self.scheme)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> MembershipUrl {
        text.parse().unwrap()
    }

    #[test]
    fn roots() {
        for (text, root) in [("etcd://h", "/p"), ("etcd://h/", "/p"), ("etcd://h/a/b/", "/a/b")] {
            assert_eq!(read(text).root("/p").unwrap(), root, "{text}");
        }
        for text in ["etcd://h/a//b", "etcd://h/../b", "etcd://h/."] {
            assert!(read(text).root("/p").is_err(), "{text}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(read("etcd://h?ttl=1m30s").duration("ttl").unwrap(), Some(Duration::from_secs(90)));
        assert_eq!(read("etcd://h").duration("ttl").unwrap(), None);
        for text in ["etcd://h?ttl=0", "etcd://h?ttl=-3", "etcd://h?ttl=soon", "etcd://h?ttl"] {
            let error = read(text).duration("ttl").unwrap_err().to_string();
            assert!(error.contains("`ttl"), "{text}: {error}");
        }
    }
}

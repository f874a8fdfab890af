use std::str::FromStr;

use periodic_text::quoted;

use super::{Host, MembershipUrl};
use crate::{MembershipError, MembershipErrorKind};

impl FromStr for MembershipUrl {
    type Err = MembershipError;

    fn from_str(text: &str) -> Result<Self, MembershipError> {
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(refused(format!(
                "`{}` names no engine: expected one before a colon, as in `sqlite:nodes.db`",
                quoted(text)
            )));
        };
        // No error shows the text after the scheme, because it may contain a password.
        let fails = |why: String| refused(format!("the URL `{}:…` cannot be read: {why}", quoted(scheme)));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match rest.strip_prefix("//") {
            None => ("", rest),
            Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        };
        let (user, hosts) = match authority.rsplit_once('@') {
            None => (None, authority),
            Some((user, hosts)) => (Some(user), hosts),
        };
        let (user, password) = match user.map(|user| user.split_once(':').unwrap_or((user, ""))) {
            None => (None, None),
            Some((user, password)) => (Some(user), Some(password).filter(|text| !text.is_empty())),
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(key)?, decoded(value)?))
        });
        Ok(Self {
            text: text.to_owned(),
            scheme: scheme.to_ascii_lowercase(),
            user: user.map(decoded).transpose().map_err(fails)?,
            password: password.map(decoded).transpose().map_err(fails)?,
            hosts: hosts_of(hosts).map_err(fails)?,
            path: decoded(path).map_err(fails)?,
            query: pairs.collect::<Result<_, _>>().map_err(fails)?,
        })
    }
}

fn refused(text: String) -> MembershipError {
    MembershipError::new(MembershipErrorKind::Url, text)
}

fn hosts_of(text: &str) -> Result<Vec<Host>, String> {
    text.split(',').filter(|host| !host.is_empty()).map(host).collect()
}

fn host(text: &str) -> Result<Host, String> {
    let (name, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (name, rest) = rest.split_once(']').ok_or("a `]` is missing after a `[` in a host")?;
            (name, rest.strip_prefix(':'))
        }
        None => match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        },
    };
    let port = port.map(|port| {
        port.parse().map_err(|_| format!("the port of host `{}` must be a number up to 65535", quoted(name)))
    });
    Ok(Host { name: decoded(name)?, port: port.transpose()? })
}

/// Replaces each `%` with two hexadecimal digits by the byte that they mean.
pub(crate) fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        rest = more;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let byte = rest.get(..2).and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
        });
        bytes.push(
            byte.ok_or("a `%` must be followed by two hexadecimal digits; write a percent sign as `%25`")?,
        );
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| "the percent-encoded part is not UTF-8".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> MembershipUrl {
        text.parse().unwrap()
    }

    #[test]
    fn paths() {
        for (text, path) in [
            ("memory:", ""),
            ("sqlite:nodes.db", "nodes.db"),
            ("sqlite:/var/lib/nodes.db", "/var/lib/nodes.db"),
            ("sqlite:///var/lib/nodes.db", "/var/lib/nodes.db"),
            ("sqlite:50%25.db", "50%.db"),
            ("zookeeper://h1:2181,h2/fleet/a", "/fleet/a"),
        ] {
            assert_eq!(read(text).path, path, "{text}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(read("etcd://h1:2379,[::1]:9,h2/fleet").addresses(7), ["h1:2379", "[::1]:9", "h2:7"],);
        assert!(read("sqlite:nodes.db").hosts.is_empty());
    }

    #[test]
    fn secrets_are_read_and_not_shown() {
        let url = read("postgres://nova:p%40ss%3Aword@db/fleet?sslmode=require&sslpassword=hush");
        assert_eq!((url.user.as_deref(), url.password.as_deref()), (Some("nova"), Some("p@ss:word")));
        assert_eq!(url.value("sslpassword"), Some("hush"));
        assert_eq!(url.to_string(), "postgres://***@db/fleet?sslmode=require&sslpassword=***");
        assert_eq!(format!("{url:?}"), format!("MembershipUrl({url})"));
        assert_eq!(read("conductor+https://hush@host:1").to_string(), "conductor+https://***@host:1");
    }

    #[test]
    fn what_cannot_be_read() {
        for (text, part) in [
            ("nodes.db", "`nodes.db` names no engine"),
            ("postgres://nova:hush%4@db", "two hexadecimal digits"),
            ("etcd://h:70000", "the port of host `h`"),
            ("etcd://[::1", "a `]` is missing"),
            ("sqlite:%ff", "not UTF-8"),
        ] {
            let error = text.parse::<MembershipUrl>().unwrap_err().to_string();
            assert!(error.contains(part) && !error.contains("hush"), "{text}: {error}");
        }
    }
}

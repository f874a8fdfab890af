use std::fmt;

use periodic_text::escaped;

use super::MembershipUrl;

/// The parts that mark the key of a secret.
const SECRET: [&str; 5] = ["pass", "token", "secret", "key", "auth"];

impl fmt::Display for MembershipUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", escaped(&self.scheme))?;
        let has_user = self.user.is_some() || self.password.is_some();
        if has_user || !self.hosts.is_empty() {
            f.write_str(if has_user { "//***@" } else { "//" })?;
            for (index, host) in self.hosts.iter().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                let name =
                    if host.name.contains(':') { format!("[{}]", host.name) } else { host.name.clone() };
                write!(f, "{comma}{}", escaped(&name))?;
                if let Some(port) = host.port {
                    write!(f, ":{port}")?;
                }
            }
        }
        write!(f, "{}", escaped(&self.path))?;
        for (index, (key, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            let lower = key.to_ascii_lowercase();
            let secret = SECRET.iter().any(|part| lower.contains(part));
            write!(f, "{mark}{}={}", escaped(key), escaped(if secret { "***" } else { value }))?;
        }
        Ok(())
    }
}

impl fmt::Debug for MembershipUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MembershipUrl({self})")
    }
}

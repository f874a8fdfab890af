use std::path::Path;

use tokio_postgres::config::SslMode;

use super::tls::Tls;
use crate::tls::{Check, Files};
use crate::{MembershipError, MembershipUrl};

/// The keys of a URL that are read here, with the names of PostgreSQL's own clients.
pub(super) const KEYS: [&str; 4] = ["sslmode", "sslrootcert", "sslcert", "sslkey"];

const MODES: &str = "`disable`, `prefer`, `require`, `verify-ca` or `verify-full`";

/// The mode of a URL.
pub(super) struct Wanted {
    pub(super) mode: SslMode,
    pub(super) tls: Tls,
    /// Whether connections are encrypted without a check of the server's certificate.
    pub(super) is_blind: bool,
}

pub(super) fn wanted(url: &MembershipUrl) -> Result<Wanted, MembershipError> {
    let file = |key| url.value(key).map(Path::new);
    let authorities = file("sslrootcert").filter(|file| *file != Path::new("system"));
    let (mode, check) = match url.value("sslmode").unwrap_or("prefer") {
        "disable" => {
            if let Some(key) = KEYS[1..].iter().find(|key| url.value(key).is_some()) {
                return Err(url.refused(&format!("`{key}` has no meaning with `sslmode=disable`")));
            }
            return Ok(Wanted { mode: SslMode::Disable, tls: Tls::NONE, is_blind: false });
        }
        "prefer" if url.value("sslrootcert").is_some() => {
            return Err(url.refused(
                "`sslrootcert` has no meaning with `sslmode=prefer`, which checks no certificate; write \
                 `sslmode=verify-full`",
            ));
        }
        "prefer" => (SslMode::Prefer, Check::Nothing),
        // Both mean the same, as in PostgreSQL's own clients.
        "require" | "verify-ca" if authorities.is_some() => (SslMode::Require, Check::Authority),
        "require" if url.value("sslrootcert").is_none() => (SslMode::Require, Check::Nothing),
        "verify-full" => (SslMode::Require, Check::Full),
        "require" | "verify-ca" => {
            return Err(url.refused(
                "with the authorities of the system, this mode accepts the certificate of any host: name the \
                 server's authority with `sslrootcert=FILE`, or write `sslmode=verify-full`",
            ));
        }
        other => {
            return Err(url.refused(&format!("`sslmode={other}` is unknown: expected {MODES}")));
        }
    };
    if mode == SslMode::Require && url.hosts.iter().any(|host| host.name.starts_with('/')) {
        return Err(url.refused("a Unix socket has no TLS: write `sslmode=disable`"));
    }
    let client = match (file("sslcert"), file("sslkey")) {
        (Some(chain), Some(key)) => Some((chain, key)),
        (None, None) => None,
        _ => return Err(url.refused("`sslcert` and `sslkey` need each other: write both, or none")),
    };
    let config = Files { authorities, client }
        .config(check)
        .map_err(|error| url.refused("its certificates cannot be used").caused_by(error))?;
    let is_blind = mode == SslMode::Require && check == Check::Nothing;
    Ok(Wanted { mode, tls: Tls::new(config), is_blind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Result<(SslMode, bool), MembershipError> {
        let url: MembershipUrl = format!("postgres://nova:hush@db/fleet?{query}").parse()?;
        wanted(&url).map(|wanted| (wanted.mode, wanted.is_blind))
    }

    #[test]
    fn modes() {
        assert_eq!(of("").unwrap(), (SslMode::Prefer, false));
        assert_eq!(of("sslmode=prefer").unwrap(), (SslMode::Prefer, false));
        assert_eq!(of("sslmode=disable").unwrap(), (SslMode::Disable, false));
        assert_eq!(of("sslmode=require").unwrap(), (SslMode::Require, true));
    }

    #[test]
    fn what_is_refused() {
        for (query, part) in [
            ("sslmode=allow", "`sslmode=allow` is unknown: expected `disable`, `prefer`, `require`"),
            ("sslmode=Require", "is unknown"),
            ("sslmode=", "is unknown"),
            ("sslmode=verify-ca", "name the server's authority with `sslrootcert=FILE`"),
            ("sslmode=verify-ca&sslrootcert=system", "name the server's authority"),
            ("sslmode=require&sslrootcert=system", "name the server's authority"),
            ("sslmode=disable&sslrootcert=/ca.pem", "`sslrootcert` has no meaning"),
            ("sslmode=disable&sslcert=/a&sslkey=/b", "`sslcert` has no meaning"),
            ("sslmode=prefer&sslrootcert=/ca.pem", "`sslrootcert` has no meaning with `sslmode=prefer`"),
            ("sslrootcert=/ca.pem", "`sslrootcert` has no meaning with `sslmode=prefer`"),
            ("sslmode=require&sslcert=/a", "`sslcert` and `sslkey` need each other: write both, or none"),
            ("sslmode=verify-full&sslrootcert=/no/such", "its certificates cannot be used"),
            ("sslmode=verify-full&sslrootcert=/dev/zero", "its certificates cannot be used"),
        ] {
            let error = of(query).err().unwrap_or_else(|| panic!("`{query}` is taken")).to_string();
            assert!(error.contains(part) && !error.contains("hush"), "{query}: {error}");
        }
        let socket: MembershipUrl =
            "postgres://nova@%2Frun%2Fpostgresql/fleet?sslmode=require".parse().unwrap();
        let error = wanted(&socket).err().unwrap().to_string();
        assert!(error.contains("a Unix socket has no TLS"), "{error}");
    }
}

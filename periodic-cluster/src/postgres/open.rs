use std::sync::Arc;

use tokio_postgres::Config;
use tokio_postgres::config::SslMode;

use super::pool::Pool;
use super::sslmode::{self, Wanted};
use super::statements::Statements;
use super::{PostgresMembership, query};
use crate::caught::catch_subscriber;
use crate::rows::Readings;
use crate::{MembershipError, MembershipUrl};

/// The server ends a statement before the driver's own limit, so that no statement is left running.
const OPTIONS: &str =
    "-c statement_timeout=4000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000";

pub(crate) async fn connect(url: &MembershipUrl) -> Result<PostgresMembership, MembershipError> {
    let ((config, wanted), schema) = (config(url)?, schema(url)?);
    let is_blind = wanted.is_blind;
    let driver = PostgresMembership {
        pool: Arc::new(Pool::new(config, wanted, url.to_string())),
        statements: Arc::new(Statements::new(schema)),
        readings: Readings::default(),
        watches: Arc::default(),
    };
    query::prepare(&driver).await?;
    if is_blind {
        catch_subscriber(|| {
            tracing::warn!(
                server = %url,
                "`sslmode=require` does not check the server's certificate: an attacker on the network can pose as the server; name \
                 its authority with `sslrootcert` and write `sslmode=verify-full`",
            );
        });
    }
    Ok(driver)
}

fn config(url: &MembershipUrl) -> Result<(Config, Wanted), MembershipError> {
    url.takes_only(&[&["schema", "application_name"][..], &sslmode::KEYS[..]].concat())?;
    if url.hosts.is_empty() {
        return Err(url.refused("it names no host, as in `postgres://user@host/database`"));
    }
    let mut config = Config::new();
    for host in &url.hosts {
        config.host(&host.name).port(host.port.unwrap_or(5432));
    }
    if let Some(user) = url.user.as_deref().filter(|user| !user.is_empty()) {
        config.user(user);
    }
    if let Some(password) = &url.password {
        config.password(password);
    }
    match url.path.trim_start_matches('/') {
        "" => return Err(url.refused("it names no database, as in `postgres://user@host/database`")),
        database => config.dbname(database),
    };
    config.application_name(url.value("application_name").unwrap_or("periodic"));
    let wanted = sslmode::wanted(url)?;
    // Its streams are encrypted already.
    config.ssl_mode(SslMode::Disable).options(OPTIONS);
    Ok((config, wanted))
}

/// Returns the schema. Its name means the same with and without quotes, so that every statement can contain it.
fn schema(url: &MembershipUrl) -> Result<&str, MembershipError> {
    let schema = url.value("schema").unwrap_or("periodic");
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins = schema.bytes().next().is_some_and(|first| !first.is_ascii_digit());
    if begins && schema.len() <= 63 && schema.bytes().all(fits) && !schema.starts_with("pg_") {
        Ok(schema)
    } else {
        Err(url.refused(&format!(
            "the schema `{schema}` is no plain name: expected at most 63 of a-z, 0-9 and `_`, no digit first, \
             and no `pg_`"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Config, String), MembershipError> {
        let url: MembershipUrl = text.parse()?;
        Ok((config(&url)?.0, schema(&url)?.to_owned()))
    }

    #[test]
    fn what_is_left_out() {
        let (config, schema) = read("postgres://nova:p%40ss@db/fleet").unwrap();
        assert_eq!((config.get_ports(), config.get_dbname()), (&[5432][..], Some("fleet")));
        assert_eq!(config.get_password(), Some(&b"p@ss"[..]));
        assert_eq!((config.get_application_name(), schema.as_str()), (Some("periodic"), "periodic"));
    }

    #[test]
    fn what_is_refused() {
        for (url, part) in [
            ("postgres:", "names no host"),
            ("postgres://nova:hush@db", "names no database"),
            ("postgres://nova:hush@db/fleet?shema=a", "takes no `shema`"),
            ("postgres://nova:hush@db/fleet?schema=a;b", "no plain name"),
            ("postgres://nova:hush@db/fleet?schema=pg_a", "no plain name"),
            ("postgres://nova:hush@db/fleet?schema=1a", "no plain name"),
            ("postgres://nova:hush@db/fleet?schema=", "no plain name"),
        ] {
            let error = read(url).unwrap_err().to_string();
            assert!(error.contains(part) && !error.contains("hush"), "{url}: {error}");
        }
    }
}

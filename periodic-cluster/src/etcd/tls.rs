use std::path::Path;

use etcd_client::{Identity, TlsOptions};
use periodic_runtime::boxed::BoxError;

use crate::tls::{Check, Files};
use crate::{MembershipError, MembershipUrl};

/// Returns the options of `etcd+https:`; `None` for `etcd:`.
pub(super) fn wanted(url: &MembershipUrl) -> Result<Option<TlsOptions>, MembershipError> {
    let file = |key| url.value(key).map(Path::new);
    if url.scheme() != "etcd+https" {
        return match ["ca", "cert", "key"].iter().find(|key| url.value(key).is_some()) {
            None => Ok(None),
            Some(key) => {
                Err(url.refused(&format!("`{key}` has no meaning without TLS; write `etcd+https:`")))
            }
        };
    }
    let client = match (file("cert"), file("key")) {
        (Some(chain), Some(key)) => Some((chain, key)),
        (None, None) => None,
        _ => return Err(url.refused("`cert` and `key` need each other: write both, or none")),
    };
    let files = Files { authorities: file("ca"), client };
    let options =
        options(&files).map_err(|error| url.refused("its certificates cannot be used").caused_by(error))?;
    Ok(Some(options))
}

fn options(files: &Files<'_>) -> Result<TlsOptions, BoxError> {
    // The client builds a configuration of its own for each connection; mistakes in the files are reported here.
    files.config(Check::Full)?;
    let mut options = TlsOptions::new().trust_anchors(files.roots()?.roots);
    if let Some((chain, key)) = files.client_pem()? {
        options = options.identity(Identity::from_pem(chain, key));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        for (url, part) in [
            ("etcd://nova:hush@h?ca=/ca.pem", "`ca` has no meaning without TLS; write `etcd+https:`"),
            ("etcd://nova:hush@h?cert=/a&key=/b", "`cert` has no meaning"),
            ("etcd+https://nova:hush@h?cert=/a", "`cert` and `key` need each other: write both, or none"),
            ("etcd+https://nova:hush@h?ca=/no/such", "its certificates cannot be used"),
            ("etcd+https://nova:hush@h?ca=/dev/zero", "its certificates cannot be used"),
        ] {
            let error =
                wanted(&url.parse().unwrap()).err().unwrap_or_else(|| panic!("`{url}` is taken")).to_string();
            assert!(error.contains(part) && !error.contains("hush"), "{url}: {error}");
        }
        assert!(wanted(&"etcd://h".parse().unwrap()).unwrap().is_none());
    }
}

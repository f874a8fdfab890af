use std::io;
use std::path::Path;
use std::sync::Arc;

use periodic_runtime::file;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::boxed::BoxError;

/// How much a file of certificates, or a key, may hold.
const BYTES: u64 = 16 << 20;

/// Trusts those who sign in `authorities`, or else those whom the system trusts.
pub(super) fn connector(authorities: Option<&Path>) -> Result<TlsConnector, BoxError> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(file) => {
            for certificate in certificates(file)? {
                roots.add(certificate)?;
            }
        }
        None => {
            // Some of the system's may be of a kind that rustls does not take.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err("no certificate of an authority is there to trust".into());
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config).into())
}

/// Shows the certificates of one file, with the key of the other.
pub(super) fn acceptor(chain: &Path, key: &Path) -> io::Result<TlsAcceptor> {
    let (chain, key) = (certificates(chain)?, key_of(key)?);
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Arc::new(config).into())
}

fn key_of(path: &Path) -> io::Result<PrivateKeyDer<'static>> {
    let text = file::read_secret(path, BYTES).map_err(|error| unreadable(path, error.kind(), &error))?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| unreadable(path, io::ErrorKind::InvalidData, &error))
}

fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let text = file::read(path, BYTES).map_err(|error| unreadable(path, error.kind(), &error))?;
    let read = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
    let invalid = |error: pem::Error| unreadable(path, io::ErrorKind::InvalidData, &error);
    let certificates = read.map_err(invalid)?;
    if certificates.is_empty() {
        return Err(invalid(pem::Error::NoItemsFound));
    }
    Ok(certificates)
}

fn unreadable(path: &Path, kind: io::ErrorKind, error: &dyn std::error::Error) -> io::Error {
    let path = path.display().to_string();
    io::Error::new(kind, format!("`{}` cannot be used as PEM: {error}", periodic_text::escaped(&path)))
}

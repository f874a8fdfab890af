use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::boxed::BoxError;

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
    let key_of = |file| PrivateKeyDer::from_pem_file(file).map_err(|error| unreadable(key, &error));
    let (chain, key) = (certificates(chain)?, key_of(key)?);
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Arc::new(config).into())
}

fn certificates(file: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = read.map_err(|error| unreadable(file, &error))?;
    if certificates.is_empty() {
        return Err(unreadable(file, &pem::Error::NoItemsFound));
    }
    Ok(certificates)
}

fn unreadable(file: &Path, error: &pem::Error) -> io::Error {
    let text = format!("`{}` cannot be used as PEM: {error}", file.display());
    io::Error::new(io::ErrorKind::InvalidData, text)
}

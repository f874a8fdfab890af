//! TLS to a store, to a conductor and of one, by rustls with ring.

mod files;
#[cfg(feature = "postgres")]
mod weaker;

use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "conductor")]
use periodic_runtime::boxed::BoxError;
use tokio_rustls::TlsAcceptor;
#[cfg(feature = "conductor")]
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

#[cfg(feature = "postgres")]
use self::weaker::Weaker;

/// Shows the certificates of one file, with the key of the other.
#[cfg(feature = "conductor")]
pub(crate) fn acceptor(chain: &Path, key: &Path) -> std::io::Result<TlsAcceptor> {
    let (chain, key) = (files::certificates(chain)?, files::key(key)?);
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
    Ok(Arc::new(config).into())
}

/// The demands on the server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// That a trusted authority has signed it, and that it is for the host of the URL.
    Full,
    /// That a trusted authority has signed it, for whichever host.
    #[cfg(feature = "postgres")]
    Authority,
    /// Nothing: any server that answers is accepted.
    #[cfg(feature = "postgres")]
    Nothing,
}

/// Where the certificates are, as PEM.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Files<'a> {
    /// Of those who are trusted; those whom the system trusts without it.
    pub(crate) authorities: Option<&'a Path>,
    /// The client's own, with those between it and the authority, and its key.
    pub(crate) client: Option<(&'a Path, &'a Path)>,
}

impl Files<'_> {
    pub(crate) fn config(&self, check: Check) -> Result<ClientConfig, BoxError> {
        let provider = Arc::new(ring::default_provider());
        #[cfg(feature = "postgres")]
        let algorithms = provider.signature_verification_algorithms;
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = match check {
            Check::Full => config.with_root_certificates(self.roots()?),
            #[cfg(feature = "postgres")]
            Check::Authority => {
                let roots = Some(self.roots()?);
                config.dangerous().with_custom_certificate_verifier(Arc::new(Weaker { roots, algorithms }))
            }
            #[cfg(feature = "postgres")]
            Check::Nothing => {
                let roots = None;
                config.dangerous().with_custom_certificate_verifier(Arc::new(Weaker { roots, algorithms }))
            }
        };
        Ok(match self.client {
            None => config.with_no_client_auth(),
            Some((chain, key)) => {
                config.with_client_auth_cert(files::certificates(chain)?, files::key(key)?)?
            }
        })
    }

    /// The certificates of those who are trusted.
    pub(crate) fn roots(&self) -> Result<RootCertStore, BoxError> {
        let mut roots = RootCertStore::empty();
        match self.authorities {
            Some(file) => {
                for certificate in files::certificates(file)? {
                    roots.add(certificate)?;
                }
            }
            None => {
                // Some of the system's may be of a kind that rustls does not take.
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        if roots.is_empty() {
            return Err("the system trusts no authority; name a file with the certificates of one".into());
        }
        Ok(roots)
    }

    /// The certificates of those who are trusted, as they are in the file.
    #[cfg(feature = "zookeeper-tls")]
    pub(crate) fn authorities_pem(&self) -> std::io::Result<Option<Vec<u8>>> {
        self.authorities.map(files::read).transpose()
    }

    /// The client's certificates and key as they are in the files.
    #[cfg(any(feature = "etcd", feature = "zookeeper-tls"))]
    pub(crate) fn client_pem(&self) -> std::io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        self.client.map(|(chain, key)| Ok((files::read(chain)?, files::read_key(key)?))).transpose()
    }
}

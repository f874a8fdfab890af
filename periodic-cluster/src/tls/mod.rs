//! TLS to a store, and to and of a conductor, by rustls with ring.

mod files;
#[cfg(feature = "postgres")]
mod weaker;

use std::path::Path;
use std::sync::Arc;

use periodic_runtime::boxed::BoxError;
#[cfg(feature = "conductor")]
use tokio_rustls::TlsAcceptor;
#[cfg(feature = "conductor")]
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

#[cfg(feature = "postgres")]
use self::weaker::Weaker;

/// Creates the server's side of TLS, with the certificates of one file and the key of the other.
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
    /// A trusted authority has signed it, and it is for the host of the URL.
    Full,
    /// A trusted authority has signed it, for any host.
    #[cfg(feature = "postgres")]
    Authority,
    /// None: any server that answers is accepted.
    #[cfg(feature = "postgres")]
    Nothing,
}

/// The files of the certificates, as PEM.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Files<'a> {
    /// The trusted authorities; `None` for those that the system trusts.
    pub(crate) authorities: Option<&'a Path>,
    /// The client's own certificate, with those between it and the authority, and its key.
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

    /// Returns the certificates of the trusted authorities.
    pub(crate) fn roots(&self) -> Result<RootCertStore, BoxError> {
        let mut roots = RootCertStore::empty();
        match self.authorities {
            Some(file) => {
                for certificate in files::certificates(file)? {
                    roots.add(certificate)?;
                }
            }
            None => {
                // Some of the system's may be of a kind that rustls does not support.
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        if roots.is_empty() {
            return Err("the system trusts no authority; name a file with certificates of one".into());
        }
        Ok(roots)
    }

    /// Returns the client's certificates and key, as in the files.
    #[cfg(feature = "etcd")]
    pub(crate) fn client_pem(&self) -> std::io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        self.client.map(|(chain, key)| Ok((files::read(chain)?, files::read_key(key)?))).transpose()
    }
}

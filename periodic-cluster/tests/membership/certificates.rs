use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};

/// An authority and its signed certificates, as files that are deleted with it.
pub(crate) struct Authority {
    folder: PathBuf,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate and its key, as PEM in files.
pub(crate) struct Certified {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
}

impl Authority {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("periodic-authority-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, format!("authority {number}"));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let authority = Self { folder, issuer };
        fs::write(authority.file(), authority.issuer.pem()).unwrap();
        authority
    }

    /// Returns the authority's own certificate.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// Creates a certificate for a host or a client of this name.
    pub(crate) fn certify(&self, name: &str) -> Certified {
        self.certify_until(name, 4096)
    }

    /// Creates a certificate that ends on the first of January of a year.
    pub(crate) fn certify_until(&self, name: &str, year: i32) -> Certified {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_after = date_time_ymd(year, 1, 1);
        let signed = params.signed_by(&key, &self.issuer).unwrap();
        let file = |part: &str| self.folder.join(format!("{name}.{part}.pem"));
        let certified = Certified { chain: file("chain"), key: file("key") };
        fs::write(&certified.chain, signed.pem()).unwrap();
        secret(&certified.key, &key.serialize_pem());
        certified
    }
}

/// Writes a file that other users cannot read.
pub(crate) fn secret(file: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

impl Drop for Authority {
    fn drop(&mut self) {
        // A failure only leaves files in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

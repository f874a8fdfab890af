use std::io;
use std::path::Path;

use periodic_runtime::file;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The largest file that is read: the authorities that the system trusts take a hundredth of it.
const LARGEST: u64 = 16 << 20;

/// Returns the content of a file of certificates.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    file::read(path, LARGEST).map_err(|error| unusable(path, error.kind(), &error))
}

/// Returns the content of a file with a key, which others must not be able to read.
pub(super) fn read_key(path: &Path) -> io::Result<Vec<u8>> {
    file::read_secret(path, LARGEST).map_err(|error| unusable(path, error.kind(), &error))
}

pub(super) fn certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_slice_iter(&read(path)?).collect::<Result<Vec<_>, _>>();
    let invalid = |error: pem::Error| unusable(path, io::ErrorKind::InvalidData, &error);
    let certificates = read.map_err(invalid)?;
    if certificates.is_empty() {
        return Err(invalid(pem::Error::NoItemsFound));
    }
    Ok(certificates)
}

pub(super) fn key(path: &Path) -> io::Result<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_slice(&read_key(path)?)
        .map_err(|error| unusable(path, io::ErrorKind::InvalidData, &error))
}

fn unusable(path: &Path, kind: io::ErrorKind, error: &dyn std::error::Error) -> io::Error {
    let path = path.display().to_string();
    io::Error::new(kind, format!("`{}` cannot be used as PEM: {error}", periodic_text::escaped(&path)))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_is_no_file_of_certificates() {
        let folder = std::env::temp_dir().join(format!("periodic-tls-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (pipe, odd) = (folder.join("pipe"), folder.join("odd\u{1b}[2J"));
        // The pipe has no writer, so a plain open would not return.
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        fs::write(&odd, "no PEM").unwrap();
        fs::set_permissions(&odd, fs::Permissions::from_mode(0o600)).unwrap();
        for (path, part) in [
            (Path::new("/no/such/file"), "`/no/such/file` cannot be used as PEM: No such file"),
            (Path::new("/dev/zero"), "it is a device; expected a regular file"),
            (&pipe, "it is a pipe; expected a regular file"),
            (&folder, "it is a directory; expected a regular file"),
            (&odd, r"odd\u{1b}[2J` cannot be used as PEM: "),
        ] {
            for error in [certificates(path).unwrap_err(), key(path).unwrap_err()] {
                assert!(error.to_string().contains(part), "{error}");
            }
        }
        let _ = fs::remove_dir_all(&folder);
    }

    #[test]
    fn a_key_is_for_its_owner_and_certificates_are_for_all() {
        let folder = std::env::temp_dir().join(format!("periodic-tls-key-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("pem");
        fs::write(&path, "no PEM").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read(&path).is_ok());
        for error in [read_key(&path).unwrap_err(), key(&path).unwrap_err()] {
            let text = error.to_string();
            assert!(
                error.kind() == io::ErrorKind::PermissionDenied && text.contains("run `chmod 6"),
                "{text}"
            );
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The largest file that is read: those that the system trusts are a fifth of it.
const LARGEST: u64 = 1 << 20;

/// What is in a file of certificates, or of a key.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(file).and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut text)).map_err(|error| {
        io::Error::new(error.kind(), format!("`{}` cannot be read: {error}", file.display()))
    })?;
    if text.len() as u64 > LARGEST {
        let text =
            format!("`{}` is larger than {LARGEST} bytes: expected certificates or a key", file.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, text));
    }
    Ok(text)
}

pub(super) fn certificates(file: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_slice_iter(&read(file)?).collect::<Result<Vec<_>, _>>();
    let certificates = read.map_err(|error| no_pem(file, &error))?;
    if certificates.is_empty() {
        return Err(no_pem(file, &pem::Error::NoItemsFound));
    }
    Ok(certificates)
}

pub(super) fn key(file: &Path) -> io::Result<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_slice(&read(file)?).map_err(|error| no_pem(file, &error))
}

fn no_pem(file: &Path, error: &pem::Error) -> io::Error {
    let text = format!("`{}` cannot be used as PEM: {error}", file.display());
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_of_certificates() {
        for (file, part) in [
            ("/no/such/file", "`/no/such/file` cannot be read: No such file"),
            ("/dev/zero", "`/dev/zero` is larger than 1048576 bytes"),
            ("/dev/null", "`/dev/null` cannot be used as PEM"),
        ] {
            let file = Path::new(file);
            for error in [certificates(file).unwrap_err(), key(file).unwrap_err()] {
                assert!(error.to_string().contains(part), "{error}");
            }
        }
    }
}

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use crate::folder::Folder;
use crate::installed::User;

/// The PEM files of a server's TLS.
pub struct Tls {
    /// The server's certificate.
    pub chain: PathBuf,
    /// The key of the certificate.
    pub key: PathBuf,
    /// The authorities for clients' certificates; `None` requires no such certificate.
    pub clients: Option<PathBuf>,
}

impl Tls {
    /// Copies the files for the user who runs the server: it may not be able to read others, and accepts no key that
    /// other users can read.
    pub(crate) fn copied(&self, folder: &Folder, owner: Option<User>) -> Self {
        let copy = |from: &Path, name: &str| {
            let to = folder.join(name);
            fs::copy(from, &to).unwrap();
            fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
            if let Some(User { user, group }) = owner {
                chown(&to, Some(user), Some(group)).unwrap();
            }
            to
        };
        Self {
            chain: copy(&self.chain, "chain.pem"),
            key: copy(&self.key, "key.pem"),
            clients: self.clients.as_deref().map(|clients| copy(clients, "clients.pem")),
        }
    }
}

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use crate::folder::Folder;
use crate::installed::User;

/// What a server shows, and whose certificate it asks for; all as PEM in files.
pub struct Tls {
    /// Its certificate.
    pub chain: PathBuf,
    /// The key of it.
    pub key: PathBuf,
    /// Those who must have signed a client's certificate; none is asked for without.
    pub clients: Option<PathBuf>,
}

impl Tls {
    /// The same, as files of the user who runs the server: it may not read others, and takes no key that others may read.
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

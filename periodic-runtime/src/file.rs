//! Files that an operator names: settings, tokens, certificates, keys. All are read in the same way.
//!
//! Hidden: only for the crates of this project.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// Reads a regular file that holds at most `most` bytes.
///
/// The call never blocks or reads without end, whatever the path leads to: a pipe, a socket and a device are refused.
///
/// # Errors
/// When the file cannot be read, is not a regular file, or holds more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    content(&open(path)?, most)
}

/// Reads a file like [`read`], if only its owner can read it; a file of root's may also be readable for a group.
///
/// The permissions are checked on Unix only; elsewhere it is the same as [`read`].
///
/// # Errors
/// The errors of [`read`], and when others can read or change the file.
pub fn read_secret(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    is_kept_secret(path, &file.metadata()?)?;
    content(&file, most)
}

fn open(path: &Path) -> io::Result<File> {
    // Checked before opening, which may have effects: it unblocks the writer of a pipe, rewinds a tape, arms a
    // watchdog.
    is_regular(&fs::metadata(path)?)?;
    open_at_once(path)
}

/// The path may lead elsewhere by now, so opening does not block, and the open file is checked again.
fn open_at_once(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let file = options.open(path)?;
    is_regular(&file.metadata()?)?;
    Ok(file)
}

fn is_regular(found: &Metadata) -> io::Result<()> {
    if found.is_file() {
        return Ok(());
    }
    let kind = if found.is_dir() { ErrorKind::IsADirectory } else { ErrorKind::InvalidInput };
    Err(io::Error::new(kind, format!("it is {}; expected a regular file", name_of(found.file_type()))))
}

#[cfg(unix)]
fn name_of(found: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match found {
        found if found.is_dir() => "a directory",
        found if found.is_fifo() => "a pipe",
        found if found.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn name_of(found: FileType) -> &'static str {
    if found.is_dir() { "a directory" } else { "no file" }
}

/// Limited while reading: a file in `/proc` has the size 0, and other files may grow.
fn content(file: &File, most: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > most {
        let text = format!("it holds more than {} MiB; expected a smaller file", most >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, text));
    }
    Ok(content)
}

/// The same rule as PostgreSQL's for keys: a daemon's secrets often belong to root and to the group of the daemon.
#[cfg(unix)]
fn is_kept_secret(path: &Path, found: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let mode = found.mode() & 0o777;
    let (refused, owner) = if found.uid() == 0 { (0o037, "640") } else { (0o077, "600") };
    if mode & refused == 0 {
        return Ok(());
    }
    let able = if mode & 0o022 == 0 { "read" } else { "change" };
    let text = format!("others can {able} it: its mode is {mode:04o}; run `chmod {owner} {}`", quoted(path));
    Err(io::Error::new(ErrorKind::PermissionDenied, text))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it may fail")]
fn is_kept_secret(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Returns the path in a shell's spelling.
#[cfg(unix)]
fn quoted(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if text.starts_with('-') {
        text.insert_str(0, "./");
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+=:@%,".contains(&byte);
    if text.bytes().all(is_plain) {
        return text;
    }
    // A file's name must not control a terminal; the escaped text of such a name matches no file.
    format!("'{}'", periodic_text::escaped(&text.replace('\'', r"'\''")))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;
    use std::process::Command;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// A folder of its own, removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let folder = std::env::temp_dir().join(format!("periodic-file-{}-{number}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn with(&self, name: &str, mode: u32) -> PathBuf {
            let path = self.0.join(name);
            fs::write(&path, "hush").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn refused(read: io::Result<Vec<u8>>) -> (ErrorKind, String) {
        let error = read.unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn only_regular_files_are_read() {
        let folder = Folder::new();
        let pipe = folder.0.join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let socket = folder.0.join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, kind, what) in [
            (pipe.as_path(), ErrorKind::InvalidInput, "it is a pipe; expected a regular file"),
            (&socket, ErrorKind::InvalidInput, "it is a socket; expected a regular file"),
            (Path::new("/dev/zero"), ErrorKind::InvalidInput, "it is a device; expected a regular file"),
            (&folder.0, ErrorKind::IsADirectory, "it is a directory; expected a regular file"),
        ] {
            assert_eq!(refused(read(path, 10)), (kind, what.into()));
            assert_eq!(refused(read_secret(path, 10)).1, what);
        }
        assert_eq!(refused(read(&folder.0.join("none"), 10)).0, ErrorKind::NotFound);
    }

    #[test]
    fn a_pipe_that_takes_the_place_of_a_file_is_not_waited_for() {
        let folder = Folder::new();
        let pipe = folder.0.join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        // The pipe has no writer: a plain open would not return.
        assert_eq!(open_at_once(&pipe).unwrap_err().to_string(), "it is a pipe; expected a regular file");
        // A device is not read either, even after an earlier check of the path.
        assert!(open_at_once(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn what_is_read_is_bounded() {
        let folder = Folder::new();
        let file = folder.with("file", 0o644);
        assert_eq!(read(&file, 4).unwrap(), b"hush");
        assert_eq!(refused(read(&file, 3)).0, ErrorKind::FileTooLarge);
        assert_eq!(refused(read(&file, 0)).1, "it holds more than 0 MiB; expected a smaller file");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_of_which_no_size_is_told_is_read_and_bounded() {
        let maps = Path::new("/proc/self/maps");
        assert_eq!(fs::metadata(maps).unwrap().len(), 0);
        assert!(read(maps, 16 << 20).unwrap().len() > 10);
        assert_eq!(refused(read(maps, 10)).0, ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_secret_is_for_its_owner() {
        let folder = Folder::new();
        for mode in [0o600, 0o400] {
            assert_eq!(read_secret(&folder.with("good", mode), 4).unwrap(), b"hush", "{mode:o}");
            fs::remove_file(folder.0.join("good")).unwrap();
        }
        for (mode, what) in
            [(0o604, "read"), (0o644, "read"), (0o444, "read"), (0o622, "change"), (0o666, "change")]
        {
            let file = folder.with("bad", mode);
            let (kind, text) = refused(read_secret(&file, 4));
            let begin = format!("others can {what} it: its mode is {mode:04o}; run `chmod 6");
            assert!(kind == ErrorKind::PermissionDenied && text.starts_with(&begin), "{text}");
            let advice = text.rsplit_once("run `").unwrap().1.trim_end_matches('`');
            assert!(Command::new("sh").args(["-c", advice]).status().unwrap().success(), "{advice}");
            assert_eq!(read_secret(&file, 4).unwrap(), b"hush", "{advice}");
        }
    }

    #[test]
    fn a_group_may_read_a_secret_of_root_alone() {
        use std::os::unix::fs::MetadataExt as _;
        let folder = Folder::new();
        let file = folder.with("file", 0o640);
        let of_root = fs::metadata(&file).unwrap().uid() == 0;
        assert_eq!(read_secret(&file, 4).is_ok(), of_root);
        assert!(read_secret(&folder.with("other", 0o660), 4).is_err());
    }

    #[test]
    fn the_advice_is_for_a_shell() {
        assert_eq!(quoted(Path::new("/etc/nova/token")), "/etc/nova/token");
        assert_eq!(quoted(Path::new("the token's")), r"'the token'\''s'");
        assert_eq!(quoted(Path::new("-rf")), "./-rf");
        assert_eq!(quoted(Path::new("a\u{1b}[2J$(x)")), r"'a\u{1b}[2J$(x)'");
        let folder = Folder::new();
        let file = folder.with("it's a `token`; $(false)", 0o644);
        let advice = format!("chmod 600 {}", quoted(&file));
        assert!(Command::new("sh").args(["-c", &advice]).status().unwrap().success(), "{advice}");
        assert!(read_secret(&file, 4).is_ok());
    }
}

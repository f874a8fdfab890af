use std::sync::Arc;

use super::changed::Changed;
use super::error::Error;
use super::handle::Client;
use super::operations::{ADD_WATCH, CREATE, DELETE, EXISTS, GET_CHILDREN, GET_DATA, SET_DATA, SYNC};
use super::serve::Call;
use super::stat::Stat;
use super::wire::{Rest, Written};

/// A watch of a node and of all below it, which lasts.
const PERSISTENT_RECURSIVE: i32 = 1;
/// All permissions of an owner.
const ALL: i32 = 31;
/// Any version of a node.
const ANY: i32 = -1;

/// The owners of a new node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owners {
    Anyone,
    /// The user of the session.
    Creator,
}

/// The end of a new node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    ForGood,
    /// It ends with the session.
    WithSession,
}

/// Returns the request for a new node.
pub(super) fn creation(path: &str, data: &[u8], kept: Kept, owners: Owners) -> Written {
    let (scheme, id) = match owners {
        Owners::Anyone => ("world", "anyone"),
        Owners::Creator => ("auth", ""),
    };
    let written = Written::default().text(path).bytes(data);
    written.int(1).int(ALL).text(scheme).text(id).int(i32::from(kept == Kept::WithSession))
}

/// Returns the request for the end of a node.
pub(super) fn deletion(path: &str, version: Option<i32>) -> Written {
    Written::default().text(path).int(version.unwrap_or(ANY))
}

/// Returns the request for a node's content or children, without a watch.
pub(super) fn reading(path: &str) -> Written {
    Written::default().text(path).flag(false)
}

impl Client {
    async fn ask(&self, operation: i32, body: Written) -> Result<Vec<u8>, Error> {
        self.call(|answer| Call { operation, body, answer, watch: None }).await
    }

    pub(crate) async fn create(
        &self,
        path: &str,
        data: &[u8],
        kept: Kept,
        owners: Owners,
    ) -> Result<(), Error> {
        self.ask(CREATE, creation(path, data, kept, owners)).await.map(drop)
    }

    /// Creates those of a node and its parents that do not exist.
    pub(crate) async fn create_all(&self, path: &str, owners: Owners) -> Result<(), Error> {
        let mut missing = vec![path];
        while let Some(path) = missing.last() {
            match self.create(path, b"", Kept::ForGood, owners).await {
                Ok(()) | Err(Error::NodeExists) => {
                    missing.pop();
                }
                Err(Error::NoNode) => match path.rsplit_once('/') {
                    Some((parent, _)) if !parent.is_empty() => missing.push(parent),
                    _ => return Err(Error::NoNode),
                },
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(crate) async fn delete(&self, path: &str) -> Result<(), Error> {
        self.ask(DELETE, deletion(path, None)).await.map(drop)
    }

    /// Returns the data of a node; `None` if it does not exist.
    pub(crate) async fn stat(&self, path: &str) -> Result<Option<Stat>, Error> {
        match self.ask(EXISTS, reading(path)).await {
            Ok(answer) => Stat::read(&mut Rest::new(&answer)).map(Some),
            Err(Error::NoNode) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn data(&self, path: &str) -> Result<(Vec<u8>, Stat), Error> {
        let answer = self.ask(GET_DATA, reading(path)).await?;
        let mut rest = Rest::new(&answer);
        Ok((rest.bytes()?.to_vec(), Stat::read(&mut rest)?))
    }

    pub(crate) async fn set_data(&self, path: &str, data: &[u8], version: i32) -> Result<(), Error> {
        self.ask(SET_DATA, Written::default().text(path).bytes(data).int(version)).await.map(drop)
    }

    pub(crate) async fn children(&self, path: &str) -> Result<Vec<String>, Error> {
        let answer = self.ask(GET_CHILDREN, reading(path)).await?;
        Rest::new(&answer).texts()
    }

    /// Waits until the server has all changes before this call.
    pub(crate) async fn sync(&self, path: &str) -> Result<(), Error> {
        self.ask(SYNC, Written::default().text(path)).await.map(drop)
    }

    /// Watches the root and all nodes below it. Dropping the result ends the watch.
    pub(crate) async fn watch(&self, root: &str) -> Result<Arc<Changed>, Error> {
        let changed = Arc::new(Changed::default());
        let body = Written::default().text(root).int(PERSISTENT_RECURSIVE);
        let watch = Some(Arc::downgrade(&changed));
        self.call(|answer| Call { operation: ADD_WATCH, body, answer, watch }).await?;
        Ok(changed)
    }
}

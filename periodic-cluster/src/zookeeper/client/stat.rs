use super::error::Error;
use super::wire::Rest;

/// The data of a node beside its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stat {
    /// The number of the change that created the node.
    pub(crate) czxid: i64,
    /// Its creation and its last change, in milliseconds since 1970.
    pub(crate) ctime: i64,
    pub(crate) mtime: i64,
    pub(crate) version: i32,
    /// The session with which it ends; 0 if it has none.
    pub(crate) ephemeral_owner: i64,
}

impl Stat {
    pub(super) fn read(rest: &mut Rest<'_>) -> Result<Self, Error> {
        let (czxid, _mzxid) = (rest.long()?, rest.long()?);
        let (ctime, mtime) = (rest.long()?, rest.long()?);
        let (version, _cversion, _aversion) = (rest.int()?, rest.int()?, rest.int()?);
        let ephemeral_owner = rest.long()?;
        let (_length, _children, _pzxid) = (rest.int()?, rest.int()?, rest.long()?);
        Ok(Self { czxid, ctime, mtime, version, ephemeral_owner })
    }
}

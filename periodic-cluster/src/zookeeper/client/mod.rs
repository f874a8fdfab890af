//! A client of ZooKeeper that bounds the messages of a server.

mod calls;
mod changed;
mod ensemble;
mod error;
mod handle;
mod handshake;
mod incoming;
mod keep;
mod link;
mod multi;
mod operations;
mod reach;
mod serve;
mod stat;
mod wire;

pub(super) use calls::{Kept, Owners};
pub(super) use changed::{Changed, News};
pub(super) use ensemble::Ensemble;
pub(super) use error::Error;
pub(super) use handle::Client;
pub(super) use multi::Read;
pub(super) use reach::Server;
pub(super) use stat::Stat;

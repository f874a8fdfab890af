//! Members and objects at another node, for nodes that may not touch the store themselves.
//!
//! One node, the conductor, has the store and [serves](Server) its group over HTTP/1.1, with a token and TLS. The
//! others are its [`Client`]s: a client is a [`Membership`](crate::Membership) like any other, and methods that are
//! [`remotable`](crate::remotable) run at the conductor through it. The conductor's engine dates heartbeats, so a
//! node's wrong clock has no effect.
//!
//! # Examples
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use periodic_cluster::conductor::{Client, Server};
//! use periodic_cluster::{Membership, ServiceGroup, ServiceIdentity};
//! use periodic_core::task::Cancellation;
//!
//! let group = ServiceGroup::connect("memory:").await?;
//! let server = Server::new(&group, "hush-hush-hush-00")?.bind("127.0.0.1:0").await?;
//! let url = format!("conductor+http://hush-hush-hush-00@{}", server.local_addr());
//! let stop = Cancellation::new();
//! let serving = tokio::spawn(server.serve(stop.clone()));
//!
//! let client = Client::from_url(&url)?;
//! client.wait_until_ready().await?;
//! let service = ServiceIdentity::new("node-1", "nova-compute");
//! client.record(&service).await?;
//! client.join(&service).await?;
//! assert!(group.is_up_of("node-1", "nova-compute").await?);
//!
//! stop.cancel();
//! serving.await??;
//! # Ok(())
//! # }
//! ```

mod body;
mod client;
mod json;
mod server;
mod token;
mod wire;

pub use client::Client;
pub use server::{Bound, Server};
pub(crate) use token::Caller;
pub(crate) use wire::{ObjectAnswer, ObjectCall};

use crate::{MembershipError, MembershipUrl};

pub(crate) async fn connect(url: &MembershipUrl) -> Result<Client, MembershipError> {
    let client = Client::new(url)?;
    client.ping().await?;
    Ok(client)
}

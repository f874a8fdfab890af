//! The live services of a fleet.
//!
//! A service writes a record of itself into a store that the fleet shares, and then shows repeatedly that it is alive.
//! Readers of the store learn which services are up. [`ServiceGroup`] has the rules; a [`Membership`] is its interface
//! to an engine. A group is a [`Registry`](periodic_runtime::service::Registry), so one line makes a service a member:
//!
//! ```
//! use periodic_cluster::ServiceGroup;
//! use periodic_core::{PeriodicManager, Settings};
//! use periodic_runtime::{Service, service::down_time};
//!
//! async fn build<M>(manager: M, settings: Settings) -> Result<Service, Box<dyn std::error::Error>>
//! where
//!     M: PeriodicManager<Owner = (), Context = ()>,
//! {
//!     let group = ServiceGroup::connect_with("sqlite:nodes.db", down_time(settings.options())).await?;
//!     Ok(Service::builder(manager).settings(settings).registry(group).build()?)
//! }
//! ```
//!
//! | URL | engine | a member is up |
//! | --- | --- | --- |
//! | `memory:` | this process | while its heartbeats come |
//! | `sqlite:FILE` | one file, for the processes of one host | while its heartbeats come |
//! | `postgres://USER:PASSWORD@HOST:PORT/DATABASE` | a PostgreSQL database; `sslmode=verify-full` | while its heartbeats come |
//! | `zookeeper://h1:2181,h2:2181/path` | ZooKeeper, `zookeeper+tls:` by its own feature; `session_timeout=30s` | while its session lasts |
//! | `etcd+https://h1:2379,h2:2379/prefix` | etcd, `etcd:` without TLS; `ttl=30s` | while its lease lasts |
//! | `memcached://HOST:11211/prefix` | memcached, which may evict members | until its key expires |
//! | `conductor+https://TOKEN@HOST:PORT` | another node's group, over HTTP | as in that group |
//!
//! Users depend on the facade `periodic-tasks`, which re-exports this crate as `periodic::cluster`.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod any_membership;
mod capabilities;
mod caught;
mod change;
mod checked;
mod connect;
#[cfg(any(feature = "conductor", feature = "memcached", feature = "zookeeper"))]
mod dial;
mod error;
mod group;
mod harmless;
mod member;
mod membership;
mod names;
mod process;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod rows;
#[cfg(any(feature = "etcd", feature = "memcached", feature = "zookeeper"))]
mod stored;
#[cfg(any(feature = "conductor", feature = "etcd", feature = "postgres", feature = "zookeeper-tls"))]
mod tls;
#[cfg(any(
    feature = "etcd",
    feature = "memcached",
    feature = "postgres",
    feature = "sqlite",
    feature = "zookeeper"
))]
mod unreadable;
mod url;
mod watch;

#[cfg(feature = "conductor")]
pub mod conductor;
#[cfg(feature = "etcd")]
pub mod etcd;
#[cfg(feature = "memcached")]
pub mod memcached;
pub mod memory;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "conductor")]
pub mod remotable;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "zookeeper")]
pub mod zookeeper;

pub use capabilities::{Capabilities, ClockSource, Watching};
pub use change::{ChangeSender, Changes, MemberChange};
pub use error::{MembershipError, MembershipErrorKind};
pub use group::{ServiceGroup, is_up};
pub use member::{Member, Presence};
pub use membership::{Membership, Record};
pub use periodic_runtime::service::ServiceIdentity;
pub use process::{Process, ProcessError};
pub use url::MembershipUrl;

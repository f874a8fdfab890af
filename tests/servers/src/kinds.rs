//! The start of each kind of server.

mod etcd;
mod memcached;
mod postgres;
mod zookeeper;

//! How each kind of server is started.

mod etcd;
mod memcached;
mod postgres;
mod zookeeper;

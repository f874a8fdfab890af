//! Members by way of memcached.

compile_error!("the driver `memcached` is not part of this version: leave its feature off");

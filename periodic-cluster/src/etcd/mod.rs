//! Members by way of etcd.

compile_error!("the driver `etcd` is not part of this version: leave its feature off");

//! Members by way of ZooKeeper.

compile_error!("the driver `zookeeper` is not part of this version: leave its feature off");

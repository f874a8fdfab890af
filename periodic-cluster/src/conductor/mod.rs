//! Members by way of the conductor.

compile_error!("the driver `conductor` is not part of this version: leave its feature off");

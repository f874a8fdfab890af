//! Members by way of PostgreSQL.

compile_error!("the driver `postgres` is not part of this version: leave its feature off");

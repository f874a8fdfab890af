//! Members in one SQLite file.
compile_error!("the driver `sqlite` is not part of this version: leave its feature off");

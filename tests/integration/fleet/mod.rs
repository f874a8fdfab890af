//! A fleet as an operator runs it: nodes and their observer are processes, and the store is a real one.

#[cfg(feature = "conductor")]
mod conductor;
#[cfg(feature = "postgres")]
mod postgres;
mod scene;
#[cfg(feature = "sqlite")]
mod sqlite;

//! The numbers of ZooKeeper's operations, of `ZooDefs.OpCode` in its sources.

pub(super) const CREATE: i32 = 1;
pub(super) const DELETE: i32 = 2;
pub(super) const EXISTS: i32 = 3;
pub(super) const GET_DATA: i32 = 4;
pub(super) const SET_DATA: i32 = 5;
pub(super) const GET_CHILDREN: i32 = 8;
pub(super) const SYNC: i32 = 9;
pub(super) const PING: i32 = 11;
pub(super) const MULTI: i32 = 14;
pub(super) const REMOVE_WATCHES: i32 = 18;
pub(super) const MULTI_READ: i32 = 22;
pub(super) const AUTH: i32 = 100;
pub(super) const ADD_WATCH: i32 = 106;
pub(super) const CLOSE_SESSION: i32 = -11;

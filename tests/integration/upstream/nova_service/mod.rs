//! `nova/tests/unit/test_service.py` and `test_manager.py`. An RPC server there is an endpoint here, the service's
//! record is the registry's.

mod manager;
mod servers;
mod start;
mod stop;
mod timeout;

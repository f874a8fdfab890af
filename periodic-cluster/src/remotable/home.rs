use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::conductor::{Caller, Client};

/// The place where the [`remotable`](crate::remotable) methods of an object run. By default nowhere: the object is an
/// orphan.
#[derive(Clone, Default)]
pub struct Home {
    pub(super) place: Place,
    /// At a conductor, the only host for which the caller speaks; `None` for all.
    of_host: Option<Arc<str>>,
}

#[derive(Clone, Default)]
pub(super) enum Place {
    #[default]
    Nowhere,
    Here(Option<Arc<dyn Any + Send + Sync>>),
    Conductor(Client),
}

impl Home {
    /// Creates a home in this process.
    pub fn here() -> Self {
        Self::from(Place::Here(None))
    }

    /// Creates a home in this process, with a state that methods need there, such as a database.
    ///
    /// # Examples
    /// ```
    /// use periodic_cluster::remotable::Home;
    ///
    /// let home = Home::with(String::from("the database"));
    /// assert_eq!(home.state::<String>().map(String::as_str), Some("the database"));
    /// assert_eq!(home.state::<u8>(), None);
    /// ```
    pub fn with(state: impl Any + Send + Sync) -> Self {
        Self::from(Place::Here(Some(Arc::new(state))))
    }

    /// Creates a home at a conductor.
    pub fn at(conductor: Client) -> Self {
        Self::from(Place::Conductor(conductor))
    }

    /// Whether the current call may act for `host`.
    ///
    /// At a conductor with a token for each host, it is `false` for every host but that of the caller's token.
    /// Elsewhere it is `true`: code that runs here speaks for itself. A method that a token of one host may call
    /// ([`object_for_hosts`](crate::conductor::Server::object_for_hosts)) checks this before it changes anything.
    ///
    /// # Examples
    /// ```
    /// use periodic_cluster::remotable::Home;
    ///
    /// assert!(Home::here().speaks_for("node-1"));
    /// ```
    pub fn speaks_for(&self, host: &str) -> bool {
        self.of_host.as_deref().is_none_or(|own| own == host)
    }

    /// Returns the same home for one call of `caller`.
    pub(crate) fn called_by(&self, caller: &Caller) -> Self {
        let of_host = match caller {
            Caller::Operator => None,
            Caller::Host(host) => Some(Arc::clone(host)),
        };
        Self { place: self.place.clone(), of_host }
    }

    /// Returns the state that was given to [`with`](Self::with), if it is of this type.
    pub fn state<T: Any>(&self) -> Option<&T> {
        match &self.place {
            Place::Here(Some(state)) => state.downcast_ref(),
            _ => None,
        }
    }
}

impl From<Place> for Home {
    fn from(place: Place) -> Self {
        Self { place, of_host: None }
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Nowhere => f.write_str("Nowhere"),
            Place::Here(_) => f.write_str("Here"),
            Place::Conductor(client) => f.debug_tuple("Conductor").field(client).finish(),
        }
    }
}

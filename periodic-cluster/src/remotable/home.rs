use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::conductor::Client;

/// Where the [`remotable`](crate::remotable) methods of an object run. By default nowhere: the object is an orphan.
#[derive(Clone, Default)]
pub struct Home(pub(super) Place);

#[derive(Clone, Default)]
pub(super) enum Place {
    #[default]
    Nowhere,
    Here(Option<Arc<dyn Any + Send + Sync>>),
    Conductor(Client),
}

impl Home {
    /// In this process.
    pub fn here() -> Self {
        Self(Place::Here(None))
    }

    /// In this process, with what methods need there, such as a database.
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
        Self(Place::Here(Some(Arc::new(state))))
    }

    /// At a conductor.
    pub fn at(conductor: Client) -> Self {
        Self(Place::Conductor(conductor))
    }

    /// What was given to [`with`](Self::with), if it is of this type.
    pub fn state<T: Any>(&self) -> Option<&T> {
        match &self.0 {
            Place::Here(Some(state)) => state.downcast_ref(),
            _ => None,
        }
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Nowhere => f.write_str("Nowhere"),
            Place::Here(_) => f.write_str("Here"),
            Place::Conductor(client) => f.debug_tuple("Conductor").field(client).finish(),
        }
    }
}

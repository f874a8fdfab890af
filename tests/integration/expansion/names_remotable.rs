//! The same of a remotable type, whose methods may be deprecated too.
#![allow(dead_code, non_camel_case_types, reason = "the names are the point")]
#![deny(deprecated)]

use ::periodic::cluster::remotable::{CallError, Home as TheHome};
use ::periodic::remotable;

use node::Node;

macro_rules! types {
    ($($name:ident),*) => {$( #[derive(Debug)] pub(super) struct $name; )*};
}

types!(Err, Home, Ok, Option, Result, Some, String, Value, arguments, home, method, str, u32);

mod core {}
mod periodic {}
mod serde {}
mod std {}

/// Apart, because serde's derive takes not all of these names.
mod node {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub(super) struct Node {
        pub(super) host: String,
        #[serde(skip)]
        pub(super) place: super::TheHome,
    }
}

#[remotable(home = place)]
impl Node {
    #[remotable]
    #[deprecated]
    async fn get(
        the_home: &::periodic::cluster::remotable::Home,
        host: ::std::string::String,
    ) -> ::core::result::Result<Self, CallError> {
        let place = ::core::clone::Clone::clone(the_home);
        ::core::result::Result::Ok(Self { host, place })
    }

    #[remotable]
    #[deprecated]
    async fn save(&mut self) -> ::core::result::Result<(), CallError> {
        self.host.clear();
        ::core::result::Result::Ok(())
    }

    #[remotable]
    #[must_use = "for a reason"]
    async fn echo(
        &self,
        number: ::core::primitive::u32,
    ) -> ::core::result::Result<::core::primitive::u32, CallError> {
        ::core::result::Result::Ok(number)
    }
}

#[tokio::test]
async fn may_be_those_of_the_language() {
    let node = Node { host: "a".to_owned(), place: TheHome::here() };
    assert_eq!(node.echo(3).await.unwrap(), 3);
}

use periodic::cluster::conductor::Client;
use periodic::cluster::remotable::{CallErrorKind, Home};

use super::object::{MyObj, MyOwnedObject};
use super::scene::{Conductor, both};

#[tokio::test]
async fn test_object_action() {
    let conductor = Conductor::start().await;
    let object = MyObj::new(&Home::at(conductor.client.clone()));
    assert_eq!(object.whose().await.unwrap().as_deref(), Some("conductor"));
    assert_eq!(MyObj::new(&Home::here()).whose().await.unwrap(), None);
    assert_eq!(object.what_is_mine(), 1);
}

both! {
    async fn test_object_action_on_raise(home) {
        let mut object = MyObj::new(&home);
        let error = object.fail("no such node".into()).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (CallErrorKind::Failed, "no such node"));
    }

    /// A change inside of a field is one of the field.
    async fn test_object_action_copies_object(home) {
        let mut object = MyObj::new(&home);
        object.rel_object = Some(Box::new(MyOwnedObject { baz: 1 }));
        object.nest(2).await.unwrap();
        assert_eq!(object.rel_object.as_deref(), Some(&MyOwnedObject { baz: 2 }));
    }

    async fn test_object_class_action(home) {
        assert_eq!(MyObj::query(&home).await.unwrap().bar, "bar");
    }
}

#[tokio::test]
async fn a_failed_method_changes_nothing_at_the_caller() {
    let conductor = Conductor::start().await;
    let mut object = MyObj::new(&Home::at(conductor.client.clone()));
    object.fail("no such node".into()).await.unwrap_err();
    assert_eq!(object.foo, 1);
}

#[tokio::test]
async fn a_panic_is_an_answer() {
    let conductor = Conductor::start().await;
    let error = MyObj::new(&Home::at(conductor.client.clone())).crash().await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Failed);
    assert_eq!(error.to_string(), "`MyObj::crash` panicked at the conductor");
}

mod elsewhere {
    use periodic::cluster::remotable::{CallError, Home};
    use periodic::remotable;
    use serde::{Deserialize, Serialize};

    /// One that the conductor does not know.
    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Other {
        #[serde(skip)]
        pub(super) at: Home,
    }

    #[remotable(home = at, name = "MyObject")]
    impl Other {
        #[remotable]
        pub(super) async fn marco(&self) -> Result<(), CallError> {
            Ok(())
        }
    }

    /// As an older or newer program has it.
    #[derive(Debug, Serialize, Deserialize)]
    pub(super) struct Version {
        pub(super) foo: String,
        #[serde(skip)]
        pub(super) home: Home,
    }

    #[remotable(name = "MyObj")]
    impl Version {
        #[remotable]
        pub(super) async fn polo(home: &Home) -> Result<(), CallError> {
            let _ = home;
            Ok(())
        }

        #[remotable]
        pub(super) async fn marco(&self) -> Result<(), CallError> {
            Ok(())
        }
    }
}

#[tokio::test]
async fn what_the_conductor_does_not_know() {
    let conductor = Conductor::start().await;
    let home = Home::at(conductor.client.clone());
    let error = elsewhere::Other { at: home.clone() }.marco().await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Refused);
    assert_eq!(error.to_string(), "the conductor has no objects of type `MyObject`; did you mean `MyObj`?",);
    let error = elsewhere::Version::polo(&home).await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Refused);
    assert_eq!(error.to_string(), "`MyObj` has no remotable method `polo`");
    let error = elsewhere::Version { foo: "text".into(), home }.marco().await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Refused);
    assert!(error.to_string().starts_with("the fields of `MyObj` do not fit"), "{error}");
}

#[tokio::test]
async fn a_conductor_that_is_away() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::from_url(&format!("conductor+http://hush-hush-hush-00@{address}")).unwrap();
    let error = MyObj::new(&Home::at(client)).marco().await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Unavailable);
    assert_eq!(error.to_string(), "`MyObj::marco` has no answer");
}

use periodic::cluster::remotable::{CallErrorKind, Home};

use super::object::{MyObj, MyOwnedObject};
use super::scene::both;

#[tokio::test]
async fn test_orphaned_object() {
    let mut orphan = MyObj::new(&Home::default());
    let error = orphan.update_test().await.unwrap_err();
    assert_eq!(error.kind(), CallErrorKind::Orphan);
    assert_eq!(
        error.to_string(),
        "`MyObj::update_test` has no home: set the object's home to `Home::here()` or `Home::at(..)`",
    );
    assert_eq!(orphan.bar, "bar");
    assert_eq!(MyObj::query(&Home::default()).await.unwrap_err().kind(), CallErrorKind::Orphan);
}

both! {
    async fn test_changed_1(home) {
        let mut object = MyObj::query(&home).await.unwrap();
        object.set_foo(123);
        assert_eq!(object.what_changed(), ["foo"]);
        object.update_test().await.unwrap();
        assert_eq!(object.what_changed(), ["bar", "foo"]);
        assert_eq!((object.foo, object.bar.as_str()), (123, "updated"));
    }

    async fn test_changed_2(home) {
        let mut object = MyObj::query(&home).await.unwrap();
        object.set_foo(123);
        object.save().await.unwrap();
        assert!(object.what_changed().is_empty());
        assert_eq!(object.foo, 123);
    }

    async fn test_changed_3(home) {
        let mut object = MyObj::query(&home).await.unwrap();
        object.set_foo(123);
        object.refresh().await.unwrap();
        assert!(object.what_changed().is_empty());
        assert_eq!((object.foo, object.bar.as_str()), (321, "refreshed"));
    }

    async fn test_changed_4(home) {
        let mut object = MyObj::query(&home).await.unwrap();
        object.set_bar("something");
        assert_eq!(object.what_changed(), ["bar"]);
        object.modify_save_modify().await.unwrap();
        assert_eq!(object.what_changed(), ["foo", "rel_object"]);
        assert_eq!((object.foo, object.bar.as_str()), (42, "meow"));
        assert_eq!(object.rel_object.as_deref(), Some(&MyOwnedObject { baz: 42 }));
    }

    async fn test_static_result(home) {
        let object = MyObj::query(&home).await.unwrap();
        assert_eq!(object.bar, "bar");
        assert_eq!(object.marco().await.unwrap(), "polo");
    }

    async fn test_updates(home) {
        let mut object = MyObj::query(&home).await.unwrap();
        assert_eq!(object.foo, 1);
        object.update_test().await.unwrap();
        assert_eq!(object.bar, "updated");
    }

    async fn objects_that_come_back_have_a_home(home) {
        for mut object in MyObj::query_all(&home, 2).await.unwrap() {
            object.save().await.unwrap();
        }
    }
}

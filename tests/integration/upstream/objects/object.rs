//! nova's `MyObj`, with the changes that `NovaObject` counts itself as a field of its own.

use std::collections::BTreeSet;

use periodic::cluster::remotable::{CallError, CallErrorKind, Home};
use periodic::remotable;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MyObj {
    pub(super) foo: i64,
    pub(super) bar: String,
    pub(super) rel_object: Option<Box<MyOwnedObject>>,
    pub(super) changed: BTreeSet<String>,
    #[serde(skip)]
    pub(super) home: Home,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct MyOwnedObject {
    pub(super) baz: i64,
}

impl MyObj {
    pub(super) fn new(home: &Home) -> Self {
        let home = home.clone();
        Self { foo: 1, bar: "bar".into(), rel_object: None, changed: BTreeSet::new(), home }
    }

    pub(super) fn set_foo(&mut self, foo: i64) {
        self.foo = foo;
        self.changed.insert("foo".into());
    }

    pub(super) fn set_bar(&mut self, bar: &str) {
        self.bar = bar.into();
        self.changed.insert("bar".into());
    }

    fn set_rel_object(&mut self, baz: i64) {
        self.rel_object = Some(Box::new(MyOwnedObject { baz }));
        self.changed.insert("rel_object".into());
    }

    pub(super) fn what_changed(&self) -> Vec<&str> {
        self.changed.iter().map(String::as_str).collect()
    }
}

#[remotable]
impl MyObj {
    #[remotable]
    pub(super) async fn query(home: &Home) -> Result<Self, CallError> {
        let mut object = Self::new(home);
        object.bar = "bar".into();
        Ok(object)
    }

    #[remotable]
    pub(super) async fn query_all(home: &Home, many: usize) -> Result<Vec<Self>, CallError> {
        Ok((0..many).map(|_| Self::new(home)).collect())
    }

    #[remotable]
    pub(super) async fn marco(&self) -> Result<String, CallError> {
        Ok("polo".into())
    }

    #[remotable]
    pub(super) async fn update_test(&mut self) -> Result<(), CallError> {
        self.set_bar("updated");
        Ok(())
    }

    #[remotable]
    pub(super) async fn save(&mut self) -> Result<(), CallError> {
        self.changed.clear();
        Ok(())
    }

    #[remotable]
    pub(super) async fn refresh(&mut self) -> Result<(), CallError> {
        (self.foo, self.bar) = (321, "refreshed".into());
        self.changed.clear();
        Ok(())
    }

    #[remotable]
    pub(super) async fn modify_save_modify(&mut self) -> Result<(), CallError> {
        self.set_bar("meow");
        self.save().await?;
        self.set_foo(42);
        self.set_rel_object(42);
        Ok(())
    }

    #[remotable]
    pub(super) async fn nest(&mut self, baz: i64) -> Result<(), CallError> {
        if let Some(owned) = &mut self.rel_object {
            owned.baz = baz;
        }
        Ok(())
    }

    #[remotable]
    pub(super) async fn fail(&mut self, text: String) -> Result<(), CallError> {
        self.foo = -1;
        Err(CallError::new(CallErrorKind::Failed, text))
    }

    #[remotable]
    pub(super) async fn crash(&self) -> Result<(), CallError> {
        panic!("the method has a bug")
    }

    /// The place of its run: the value of the home there.
    #[remotable]
    pub(super) async fn whose(&self) -> Result<Option<String>, CallError> {
        Ok(self.home.state::<String>().cloned())
    }

    /// One without the attribute runs where it is called.
    pub(super) fn what_is_mine(&self) -> i64 {
        self.foo
    }
}

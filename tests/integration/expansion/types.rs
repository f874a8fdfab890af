//! Types that a manager and its context may be of, and places where they may stand.

#![allow(clippy::ref_option, reason = "the owner is one")]

use std::cell::Cell;
use std::fmt::Display;
use std::marker::PhantomData;
use std::rc::Rc;

use super::*;

mod elsewhere {
    pub(super) struct Compute;
    pub(super) struct Request;
    pub(super) const PERIOD: u64 = 3;
}

#[periodic_manager(context = elsewhere::Request)]
impl elsewhere::Compute {
    #[periodic_task(spacing = elsewhere::PERIOD)]
    fn audit(&self, _: &elsewhere::Request) {}
}

type Alias = Aliased;

struct Aliased;

#[periodic_manager]
impl Alias {
    #[periodic_task]
    async fn audit(&self) {}
}

/// Shared whatever its parameter is, so that is asked for nothing.
struct Marked<T>(PhantomData<fn(T)>);

#[periodic_manager]
impl<T: 'static> Marked<T> {
    #[periodic_task]
    async fn audit(&self) {
        let _ = self.0;
    }
}

struct Array<T = u8, const N: usize = 3>([T; N])
where
    T: Clone;

#[periodic_manager]
impl Array {
    #[periodic_task]
    async fn audit(&self) {
        let _ = self.0;
    }
}

struct Words<'a>(&'a str);

#[periodic_manager(context = &'static str)]
impl Words<'static> {
    #[periodic_task]
    async fn audit(&self, word: &&'static str) {
        let _ = (self.0, word);
    }
}

trait Driver: Send + Sync + 'static {
    type Error: Display;

    fn check(&self) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

impl Driver for u8 {
    type Error = String;

    async fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// The bounds of its parameter come with a trait.
struct Driven<D>(D);

#[periodic_manager(owner = Option<D>)]
impl<D: Driver> Driven<D> {
    #[periodic_task]
    async fn spawned(&self, owner: &Option<D>) -> Result<(), D::Error> {
        let _ = owner;
        self.0.check().await
    }

    #[periodic_task(inline)]
    async fn inline(&self) -> Result<(), D::Error> {
        self.0.check().await
    }
}

#[periodic_manager(context = (u8, u16))]
trait Base {
    #[periodic_task]
    async fn report(&self, numbers: &(u8, u16)) {
        let _ = numbers;
    }
}

struct Including<T>(T, Included);

struct Included;

#[periodic_manager(context = (u8, u16))]
impl Included {
    #[periodic_task]
    fn audit(&self, _: &(u8, u16)) {}
}

impl<T: Send + Sync + 'static> Base for Including<T> {}

#[periodic_manager(context = (u8, u16), inherit(Base), include(1))]
impl<T: Send + Sync + 'static> Including<T> {
    #[periodic_task]
    async fn own(&self) {
        let _ = &self.0;
    }
}

/// Included by managers of its own type.
struct Node<T>(T, Vec<Self>);

#[periodic_manager(owner = Self, include(1))]
impl<T: Send + Sync + 'static> Node<T> {
    #[periodic_task]
    fn check(&self, parent: &Self) {
        let _ = (&self.0, &parent.0);
    }
}

struct Root(Node<u8>);

#[periodic_manager(owner = Node<u8>, include(0))]
impl Root {}

/// With a lock, tasks can share a `Cell`.
struct Locked(Mutex<Cell<u8>>);

#[periodic_manager(context = Arc<dyn Fn(&str) + Send + Sync>)]
impl Locked {
    #[periodic_task]
    async fn audit(&self, call: &Arc<dyn Fn(&str) + Send + Sync>) {
        call("called");
        self.0.lock().unwrap().set(3);
    }
}

#[test]
fn of_managers_and_contexts_are_free() {
    assert_eq!(names(&elsewhere::Compute), ["Compute.audit"]);
    assert_eq!(names(&Aliased), ["Alias.audit"]);
    assert_eq!(names(&Marked::<Rc<u8>>(PhantomData)), ["Marked.audit"]);
    assert_eq!(names(&Array([1, 2, 3])), ["Array.audit"]);
    assert_eq!(names(&Words("")), ["Words.audit"]);
    assert_eq!(names(&Driven(3)), ["Driven.spawned", "Driven.inline"]);
    let including = names(&Including("", Included));
    assert_eq!(including, ["Including.report", "Including.own", "Including.1.audit"]);
    assert_eq!(names(&Root(Node(1, vec![Node(2, Vec::new())]))), ["Root.0.check", "Root.0.1.0.check"]);
    assert_eq!(names(&Locked(Mutex::default())), ["Locked.audit"]);
}

#[test]
fn may_be_local_to_a_function() {
    const PERIOD: u64 = 2;

    struct Local(u8);

    struct Request;

    #[periodic_manager(context = Request)]
    trait LocalBase {
        #[periodic_task(spacing = PERIOD)]
        async fn report(&self, _: &Request) {}
    }

    impl LocalBase for Local {}

    #[periodic_manager(context = Request, inherit(LocalBase))]
    impl Local {
        #[periodic_task(spacing = PERIOD)]
        async fn audit(&self, _: &Request) {
            let _ = self.0;
        }

        #[periodic_task(inline)]
        async fn inline(&self, _: &Request) {}
    }

    assert_eq!(names(&Local(3)), ["Local.report", "Local.audit", "Local.inline"]);
}

/// A clone of a context goes across an await: the compiler decides by the context's own type whether it may.
struct Cloning<T>(T);

#[periodic_manager(context = Arc<dyn Fn(&str) + Send + Sync>)]
impl Cloning<&'static str> {
    #[periodic_task(inline)]
    async fn inline(&self, call: &Arc<dyn Fn(&str) + Send + Sync>) {
        let (call, word) = (call.clone(), self.0);
        std::future::ready(()).await;
        call(word);
    }

    #[periodic_task]
    async fn spawned(&self, call: &Arc<dyn Fn(&str) + Send + Sync>) {
        let call = call.clone();
        std::future::ready(()).await;
        call(self.0);
    }
}

#[tokio::test]
async fn are_judged_by_the_compiler_alone() {
    let said = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&said);
    let context: Arc<dyn Fn(&str) + Send + Sync> =
        Arc::new(move |word| heard.lock().unwrap().push(word.to_owned()));
    run_once(Cloning("word"), &context).await;
    assert_eq!(*said.lock().unwrap(), ["word", "word"]);
}

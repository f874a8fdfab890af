use super::*;

struct Pool<T, const N: usize> {
    members: [T; N],
    log: Log,
}

#[periodic_manager(context = Context)]
impl<T, const N: usize> Pool<T, N>
where
    T: ToString + Send + Sync + 'static,
{
    fn len(&self) -> [(); N] {
        [(); N]
    }

    #[periodic_task]
    async fn poll(&self) {
        let members: Vec<String> = self.members.iter().map(T::to_string).collect();
        self.log.note(format!("{} of {}", members.join(","), self.len().len()));
    }
}

/// A context that is a parameter cannot be passed on, but it can be given.
struct Given<C>(Mutex<Option<C>>);

#[periodic_manager(context = C)]
impl<C: Clone + Send + Sync + 'static> Given<C> {
    #[periodic_task]
    fn keep(&self, context: &C) {
        *self.0.lock().unwrap() = Some(context.clone());
    }
}

#[tokio::test]
async fn dispatch_for_each_type() {
    let pool = Pool { members: [3, 4], log: Log::default() };
    let pool = run_once(pool, &Context { user: "" }).await;
    assert_eq!(pool.log.take(), ["3,4 of 2"]);
    assert_eq!(names(&Pool { members: ["a"], log: Log::default() }), ["Pool.poll"]);
    let given = run_once(Given(Mutex::new(None)), &5).await;
    assert_eq!(*given.0.lock().unwrap(), Some(5));
}

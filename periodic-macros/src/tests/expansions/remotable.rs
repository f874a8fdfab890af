impl ComputeNode {
    /// Reads it.
    pub async fn get(home: &Home, host: String, vcpus: u32) -> Result<Self, NodeError> {
        if let ::core::option::Option::Some(__place) = ::periodic::cluster::remotable::__private::elsewhere::<
            Self,
        >(home, "get") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(
                &(&host, &vcpus),
            );
            let __answer = ::periodic::cluster::remotable::__private::call_static::<
                Self,
            >(__place, __arguments)
                .await;
            let __end: Result<Self, NodeError> = <_ as ::periodic::cluster::remotable::__private::Answer>::read(
                __answer,
            );
            return ::periodic::cluster::remotable::__private::Settle::settled(
                __end,
                home,
            );
        }
        todo!()
    }
    #[cfg(unix)]
    async fn save(&mut self) -> Result<(), NodeError> {
        if let ::core::option::Option::Some(__place) = ::periodic::cluster::remotable::__private::elsewhere::<
            Self,
        >(::periodic::cluster::remotable::__private::home_of(self), "save") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(&());
            let __answer = ::periodic::cluster::remotable::__private::call(
                    __place,
                    self,
                    __arguments,
                )
                .await;
            return <_ as ::periodic::cluster::remotable::__private::Answer>::read(
                __answer,
            );
        }
        self.write().await
    }
    async fn r#match(&self, other: String) -> Result<bool, NodeError> {
        if let ::core::option::Option::Some(__place) = ::periodic::cluster::remotable::__private::elsewhere::<
            Self,
        >(::periodic::cluster::remotable::__private::home_of(self), "match") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(
                &(&other,),
            );
            let __answer = ::periodic::cluster::remotable::__private::call_shared(
                    __place,
                    self,
                    __arguments,
                )
                .await;
            return <_ as ::periodic::cluster::remotable::__private::Answer>::read(
                __answer,
            );
        }
        Ok(self.host == other)
    }
    async fn write(&self) -> Result<(), NodeError> {
        todo!()
    }
}
#[doc(hidden)]
#[allow(deprecated, unused_imports, unused_variables)]
const _: () = {
    use ::periodic::cluster::remotable::__private as __remotable;
    use remotable as _;
    #[cfg(unix)]
    use periodic::remotable as _;
    use remotable as _;
    trait __Checked {
        const CHECKED: __remotable::u8;
    }
    impl __Checked for ComputeNode {
        const CHECKED: __remotable::u8 = {
            let _ = || __remotable::check::<Self>();
            __remotable::CHECKED
        };
    }
    __remotable::all_remotable_methods_of_a_type_stand_in_one_impl! {
        __remotable::Remotable for ComputeNode where for < 'any > Self :
        __remotable::Assumed < { < Self as __Checked > ::CHECKED } >, { const NAME : &
        'static __remotable::str = "ComputeNode"; fn home(& self) -> & __remotable::Home
        { let Self { at : __field, .. } = self; __field } fn settle(& mut self, __home :
        & __remotable::Home) { let Self { at : __field, .. } = self;
        __remotable::settle(__field, __home); } async fn run(& mut self, __method : &
        __remotable::str, __arguments : __remotable::Value,) -> ::core::result::Result <
        __remotable::Value, __remotable::CallError > { match __method { #[cfg(unix)]
        "save" => { let () : () = __remotable::given(__method, __arguments) ?; let
        __answer = __remotable::sent(Self::save(self)). await; < _ as __remotable::Answer
        > ::write(__answer) } "match" => { let (__argument_0,) : (String,) =
        __remotable::given(__method, __arguments) ?; let __answer =
        __remotable::sent(Self::r#match(self, __argument_0)). await; < _ as
        __remotable::Answer > ::write(__answer) } _ =>
        ::core::result::Result::Err(__remotable::unknown:: < Self > (__method)), } }
        async fn run_static(__method : & __remotable::str, __home : & __remotable::Home,
        __arguments : __remotable::Value,) -> ::core::result::Result <
        __remotable::Value, __remotable::CallError > { match __method { "get" => { let
        (__argument_0, __argument_1,) : (String, u32,) = __remotable::given(__method,
        __arguments) ?; let __answer = __remotable::sent(Self::get(__home, __argument_0,
        __argument_1)). await; < _ as __remotable::Answer > ::write(__answer) } _ =>
        ::core::result::Result::Err(__remotable::unknown:: < Self > (__method)), } } }
    }
};

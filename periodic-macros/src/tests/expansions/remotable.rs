impl ComputeNode {
    /// Reads it.
    pub async fn get(home: &Home, host: String, vcpus: u32) -> Result<Self, NodeError> {
        if let ::core::option::Option::Some(__place) = ::periodic::cluster::remotable::__private::elsewhere::<
            Self,
        >(home, "get") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(
                &(&host, &vcpus),
            );
            let __end: Result<Self, NodeError> = ::periodic::cluster::remotable::__private::call_static::<
                Self,
                _,
            >(__place, __arguments)
                .await;
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
        >(::periodic::cluster::remotable::__private::Housed::home(self), "save") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(&());
            return ::periodic::cluster::remotable::__private::call(
                    __place,
                    self,
                    __arguments,
                )
                .await;
        }
        self.write().await
    }
    async fn r#match(&self, other: String) -> Result<bool, NodeError> {
        if let ::core::option::Option::Some(__place) = ::periodic::cluster::remotable::__private::elsewhere::<
            Self,
        >(::periodic::cluster::remotable::__private::Housed::home(self), "match") {
            let __arguments = ::periodic::cluster::remotable::__private::arguments(
                &(&other,),
            );
            return ::periodic::cluster::remotable::__private::call_shared(
                    __place,
                    self,
                    __arguments,
                )
                .await;
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
    #[automatically_derived]
    impl __remotable::Housed for ComputeNode {
        fn home(&self) -> &__remotable::Home {
            &self.at
        }
        fn settle(&mut self, __home: &__remotable::Home) {
            self.at = ::core::clone::Clone::clone(__home);
        }
    }
    #[automatically_derived]
    impl __remotable::Settle for ComputeNode {
        fn settled(mut self, __home: &__remotable::Home) -> Self {
            __remotable::Housed::settle(&mut self, __home);
            self
        }
    }
    #[automatically_derived]
    impl __remotable::Remotable for ComputeNode {
        const NAME: &'static __remotable::str = "ComputeNode";
        fn home(&self) -> &__remotable::Home {
            __remotable::Housed::home(self)
        }
        fn settle(&mut self, __home: &__remotable::Home) {
            __remotable::Housed::settle(self, __home);
        }
        async fn run(
            &mut self,
            __method: &__remotable::str,
            __arguments: __remotable::Value,
        ) -> ::core::result::Result<__remotable::Value, __remotable::CallError> {
            match __method {
                #[cfg(unix)]
                "save" => {
                    let (): () = __remotable::given(__method, __arguments)?;
                    __remotable::Answer::write(__remotable::sent(Self::save(self)).await)
                }
                "match" => {
                    let (__argument_0,): (String,) = __remotable::given(
                        __method,
                        __arguments,
                    )?;
                    __remotable::Answer::write(
                        __remotable::sent(Self::r#match(self, __argument_0)).await,
                    )
                }
                _ => ::core::result::Result::Err(__remotable::unknown::<Self>(__method)),
            }
        }
        async fn run_static(
            __method: &__remotable::str,
            __home: &__remotable::Home,
            __arguments: __remotable::Value,
        ) -> ::core::result::Result<__remotable::Value, __remotable::CallError> {
            match __method {
                "get" => {
                    let (__argument_0, __argument_1): (String, u32) = __remotable::given(
                        __method,
                        __arguments,
                    )?;
                    __remotable::Answer::write(
                        __remotable::sent(Self::get(__home, __argument_0, __argument_1))
                            .await,
                    )
                }
                _ => ::core::result::Result::Err(__remotable::unknown::<Self>(__method)),
            }
        }
    }
};

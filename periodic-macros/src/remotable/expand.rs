use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use syn::ItemImpl;
use syn::spanned::Spanned as _;

use super::arguments::RemotableArgs;
use super::member::{Member, Remotable};
use super::method::Receiver;
use crate::args;
use crate::errors::Errors;
use crate::manifest::periodic;
use crate::model::{Item, Rebuilt, split_raw, type_name};

const EXPECTED: &str = "`#[remotable]` goes on an `impl` block of the object's type, and on methods in it";

/// Expands `#[remotable]` on an `impl`.
pub(crate) fn expand(args: TokenStream, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let mut expanded = expanded(args, &tokens, &mut errors).unwrap_or(tokens);
    errors.finish().to_tokens(&mut expanded);
    expanded
}

/// Returns the expansion; `None` if no code can be generated.
fn expanded(args: TokenStream, tokens: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let item = Item::split(tokens.clone()).filter(|item| item.is("impl"));
    let Some(item) = item else {
        errors.at(tokens, EXPECTED);
        return None;
    };
    let members: Vec<_> = split_raw(&item.body).iter().map(|raw| Member::read(raw, errors)).collect();
    let unchanged = || rebuilt(&item, &members, |member| member.beginning_with(&TokenStream::new()));
    // The compiler parses an item before it expands its attribute, and has reported the error.
    let Ok(header) = syn::parse2::<ItemImpl>(item.without_body()) else { return Some(unchanged()) };
    let args: RemotableArgs = args::read(args, errors);
    if let Some((path, _)) = &header.trait_ {
        errors.at(path, "`#[remotable]` goes on an `impl` of the type itself, not of a trait");
    }
    if !header.generics.params.is_empty() {
        errors.at(
            &header.generics,
            "a remotable type has no generics: the conductor could not know which are meant",
        );
    }
    let name = args.name.value().cloned().or_else(|| type_name(&header.self_ty));
    if errors.count() > 0 {
        return Some(unchanged());
    }
    let door = door(&args);
    let mut expanded = rebuilt(&item, &members, |member| member.beginning_with(&prologue(&door, member)));
    expanded.extend(implementation(&args, &name?, &header, &members));
    Some(expanded)
}

fn rebuilt(item: &Item, members: &[Member], print: impl Fn(&Remotable) -> TokenStream) -> TokenStream {
    let mut content = TokenStream::new();
    for member in members {
        content.append_all(match member {
            Member::Verbatim(tokens) => tokens.clone(),
            Member::Remotable(member) => print(member),
        });
    }
    Rebuilt { header: &item.header, body: &item.body, content }.into_token_stream()
}

fn door(args: &RemotableArgs) -> TokenStream {
    let periodic = periodic(&args.periodic);
    quote!(#periodic::cluster::remotable::__private)
}

/// Generates the statement that sends the call to the conductor, if the object's home is there.
fn prologue(door: &TokenStream, member: &Remotable) -> TokenStream {
    let (method, name) = (&member.method, member.method.name());
    let arguments = &method.arguments;
    let hidden = Span::mixed_site();
    let (home, call) = match &method.receiver {
        Receiver::Unique(this) => {
            (quote!(#door::Housed::home(#this)), quote_spanned!(hidden=> call(__place, #this, __arguments)))
        }
        Receiver::Shared(this) => (
            quote!(#door::Housed::home(#this)),
            quote_spanned!(hidden=> call_shared(__place, #this, __arguments)),
        ),
        Receiver::Home(home) => {
            (quote!(#home), quote_spanned!(hidden=> call_static::<Self, _>(__place, __arguments)))
        }
    };
    let end = match &method.receiver {
        Receiver::Home(home) if method.returns_self() => {
            let output = &method.output;
            quote_spanned! {hidden=>
                let __end: #output = #door::#call.await;
                return #door::Settle::settled(__end, #home);
            }
        }
        _ => quote_spanned!(hidden=> return #door::#call.await;),
    };
    quote_spanned! {hidden=>
        if let ::core::option::Option::Some(__place) = #door::elsewhere::<Self>(#home, #name) {
            let __arguments = #door::arguments(&(#(&#arguments,)*));
            #end
        }
    }
}

fn implementation(args: &RemotableArgs, name: &str, header: &ItemImpl, members: &[Member]) -> TokenStream {
    let (this, door) = (&header.self_ty, door(args));
    let home = args.home.value().cloned().unwrap_or_else(|| Ident::new("home", this.span()));
    let methods = members.iter().filter_map(|member| match member {
        Member::Remotable(member) => Some(&**member),
        Member::Verbatim(_) => None,
    });
    let (mut of_object, mut of_type, mut uses) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
    for member in methods {
        let (conditions, mark) = (&member.conditions, &member.mark);
        uses.extend(quote_spanned!(mark.span()=> #(#conditions)* use #mark as _;));
        match &member.method.receiver {
            Receiver::Home(_) => of_type.extend(arm(member, &quote!(__home))),
            _ => of_object.extend(arm(member, &quote!(self))),
        }
    }
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, unused_imports, unused_variables)]
        const _: () = {
            use #door as __remotable;
            #uses
            #[automatically_derived]
            impl __remotable::Housed for #this {
                fn home(&self) -> &__remotable::Home {
                    &self.#home
                }

                fn settle(&mut self, __home: &__remotable::Home) {
                    self.#home = ::core::clone::Clone::clone(__home);
                }
            }
            #[automatically_derived]
            impl __remotable::Settle for #this {
                fn settled(mut self, __home: &__remotable::Home) -> Self {
                    __remotable::Housed::settle(&mut self, __home);
                    self
                }
            }
            #[automatically_derived]
            impl __remotable::Remotable for #this {
                const NAME: &'static __remotable::str = #name;

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
                        #of_object
                        _ => ::core::result::Result::Err(__remotable::unknown::<Self>(__method)),
                    }
                }

                async fn run_static(
                    __method: &__remotable::str,
                    __home: &__remotable::Home,
                    __arguments: __remotable::Value,
                ) -> ::core::result::Result<__remotable::Value, __remotable::CallError> {
                    match __method {
                        #of_type
                        _ => ::core::result::Result::Err(__remotable::unknown::<Self>(__method)),
                    }
                }
            }
        };
    }
}

/// Generates one arm of the conductor's dispatch; `first` is the object, or the home.
fn arm(member: &Remotable, first: &TokenStream) -> TokenStream {
    let (conditions, method) = (&member.conditions, &member.method);
    let (ident, name, types) = (&method.ident, method.name(), &method.types);
    let names: Vec<_> = (0..types.len()).map(|index| quote::format_ident!("__argument_{index}")).collect();
    let written = quote_spanned!(method.output.span()=> __remotable::Answer::write);
    // A future that is not `Send` is reported at the method.
    let called = quote_spanned! {Span::mixed_site().located_at(ident.span())=>
        __remotable::sent(Self::#ident(#first #(, #names)*)).await
    };
    quote! {
        #(#conditions)*
        #name => {
            let (#(#names,)*): (#(#types,)*) = __remotable::given(__method, __arguments)?;
            #written(#called)
        }
    }
}

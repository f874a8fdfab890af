use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{ItemImpl, Type};

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
    let Some(item) = Item::split(tokens.clone()).filter(|item| item.is("impl") || item.is("trait")) else {
        errors.at(tokens, EXPECTED);
        return None;
    };
    if item.is("trait") {
        errors.at(tokens, EXPECTED);
        return Some(without_marks(&item));
    }
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
            "a remotable type cannot be generic: the conductor cannot choose the types",
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

/// Returns an item of another kind, whose methods would else report their marks as well.
fn without_marks(item: &Item) -> TokenStream {
    let mut content = TokenStream::new();
    for raw in split_raw(&item.body) {
        content.append_all(raw.attributes.iter().filter(|attribute| !attribute.is("remotable")));
        content.append_all(raw.tokens);
    }
    Rebuilt { header: &item.header, body: &item.body, content }.into_token_stream()
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

/// Moves a path to the location of `span`. An error at a call has the span of all its tokens.
fn located_at(path: &TokenStream, span: Span) -> TokenStream {
    let mut moved = TokenStream::new();
    for mut token in path.clone() {
        token.set_span(token.span().located_at(span));
        moved.append(token);
    }
    moved
}

fn door(args: &RemotableArgs) -> TokenStream {
    let periodic = periodic(&args.periodic);
    quote!(#periodic::cluster::remotable::__private)
}

/// Generates the statement that sends the call to the conductor, if the object's home is there.
fn prologue(door: &TokenStream, member: &Remotable) -> TokenStream {
    let (method, name) = (&member.method, member.method.name());
    let arguments = &method.arguments;
    let hidden = Span::mixed_site().located_at(member.method.ident.span());
    let door = &located_at(door, hidden);
    let (home, call) = match &method.receiver {
        Receiver::Unique(this) => {
            (quote!(#door::home_of(#this)), quote_spanned!(hidden=> call(__place, #this, __arguments)))
        }
        Receiver::Shared(this) => {
            (quote!(#door::home_of(#this)), quote_spanned!(hidden=> call_shared(__place, #this, __arguments)))
        }
        Receiver::Home(home) => {
            (quote!(#home), quote_spanned!(hidden=> call_static::<Self>(__place, __arguments)))
        }
    };
    // A result that cannot be sent is reported once, because both sides say so in the same words at the same place.
    let read = quote_spanned!(hidden=> <_ as #door::Answer>::read(__answer));
    let end = match &method.receiver {
        Receiver::Home(home) if method.returns_self() => {
            let output = &method.output;
            quote_spanned! {hidden=>
                let __answer = #door::#call.await;
                let __end: #output = #read;
                return #door::Settle::settled(__end, #home);
            }
        }
        _ => quote_spanned! {hidden=>
            let __answer = #door::#call.await;
            return #read;
        },
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
    let implementation = implement(this, &home, name, &dispatch(&of_object, &of_type));
    quote! {
        #[doc(hidden)]
        #[allow(deprecated, unused_imports, unused_variables)]
        const _: () = {
            use #door as __remotable;
            #uses
            #implementation
        };
    }
}

/// Generates the `impl` of the trait.
///
/// Two of one type are reported at the type; the macro's name is the error's text. A missing field is reported once,
/// because both patterns fail in the same words. If the type cannot be sent, `CHECKED` has no value, and only its body is
/// reported.
fn implement(this: &Type, home: &Ident, name: &str, dispatch: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site().located_at(this.span())=>
        trait __Checked {
            const CHECKED: __remotable::u8;
        }
        impl __Checked for #this {
            const CHECKED: __remotable::u8 = {
                let _ = || __remotable::check::<Self>();
                __remotable::CHECKED
            };
        }
        __remotable::all_remotable_methods_of_a_type_stand_in_one_impl! {
            __remotable::Remotable for #this
            where
                for<'any> Self: __remotable::Assumed<{ <Self as __Checked>::CHECKED }>,
            {
                const NAME: &'static __remotable::str = #name;

                fn home(&self) -> &__remotable::Home {
                    let Self { #home: __field, .. } = self;
                    __field
                }

                fn settle(&mut self, __home: &__remotable::Home) {
                    let Self { #home: __field, .. } = self;
                    __remotable::settle(__field, __home);
                }

                #dispatch
            }
        }
    }
}

/// Generates the methods by which the conductor runs the object's own.
fn dispatch(of_object: &TokenStream, of_type: &TokenStream) -> TokenStream {
    quote! {
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
}

/// Generates one arm of the conductor's dispatch; `first` is the object, or the home.
fn arm(member: &Remotable, first: &TokenStream) -> TokenStream {
    let (conditions, method) = (&member.conditions, &member.method);
    let (ident, name, types) = (&method.ident, method.name(), &method.types);
    let names: Vec<_> = (0..types.len()).map(|index| quote::format_ident!("__argument_{index}")).collect();
    let at = Span::mixed_site().located_at(ident.span());
    // A future that is not `Send` is reported at the method.
    let called = quote_spanned! {at=>
        let __answer = __remotable::sent(Self::#ident(#first #(, #names)*)).await;
        <_ as __remotable::Answer>::write(__answer)
    };
    quote! {
        #(#conditions)*
        #name => {
            let (#(#names,)*): (#(#types,)*) = __remotable::given(__method, __arguments)?;
            #called
        }
    }
}

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{ItemTrait, ReturnType, Signature, Type, parse_quote};

use super::rows::{Numbering, Row};
use super::span::at;
use super::types::or_unit;
use super::{assertions, collect, dispatch, table, wrapping};
use crate::manifest::periodic;
use crate::model::{Manager, Member, Rebuilt, Task, TaskMember};

/// Expands `#[periodic_manager]` on a trait: a base whose tasks its implementing types inherit.
pub(super) fn expand(manager: &Manager, item: &ItemTrait, tasks: &[&Task]) -> TokenStream {
    let (name, periodic) = (item.ident.unraw().to_string(), periodic(&manager.args.periodic));
    let mark = format_ident!("__{}Tasks", name, span = Span::call_site());
    let header = with_supertraits(manager, item, &supertraits(manager, &periodic, &mark));
    let mut members = TokenStream::new();
    for member in &manager.members {
        match member {
            Member::Task(member) if member.task.is_async() => members.extend(as_future(member)),
            Member::Task(member) if !is_dispatchable(&member.task) => members.extend(without_dyn(member)),
            other => other.to_tokens(&mut members),
        }
    }
    members.extend(hidden_call(manager, &periodic, &name, tasks));
    let rebuilt = Rebuilt { header: &header, body: &manager.item.body, content: members };

    let (vis, ident, table) = (&item.vis, &item.ident, table::declare(tasks));
    let (conditions, uses, checks) =
        (&manager.conditions, wrapping::uses(&manager.tasks()), table::checks(tasks));
    let names = assertions::of_names(tasks);
    let declaration = wrapping::declare(&name);
    let (context, owner) = (or_unit(&manager.args.context), or_unit(&manager.args.owner));
    let at = at(ident.span());
    let hidden = quote_spanned! {at=>
        #uses
        #table
        #checks
        #names
        #[automatically_derived]
        impl __periodic::TraitTasks for dyn #ident {
            type Mark = #mark;
            type Context = #context;
            type Owner = #owner;
            const TASKS: &'static [__periodic::TaskSpec] = &__TASKS;
        }
        #[automatically_derived]
        impl<__M: #ident> __periodic::CallsTasks<__M, #owner, #context> for #mark {
            fn call_task<'call>(
                __manager: &'call __M,
                __row: __periodic::u32,
                __given: __periodic::Given<'call, #owner, #context>,
            ) -> __periodic::Call<'call> {
                <__M as #ident>::__periodic_call(__manager, __row, __given)
            }
        }
        #declaration
    };
    let block = wrapping::block(&periodic, conditions, &hidden);
    quote! {
        #rebuilt
        #(#conditions)*
        #[doc(hidden)]
        #[allow(missing_debug_implementations, unreachable_pub, clippy::exhaustive_enums)]
        #vis enum #mark {}
        #block
    }
}

fn supertraits(manager: &Manager, periodic: &TokenStream, mark: &Ident) -> TokenStream {
    let (context, owner) = (or_unit(&manager.args.context), or_unit(&manager.args.owner));
    quote! {
        #periodic::__private::PeriodicManager<Context = #context, Owner = #owner>
            + #periodic::__private::Inherits<#mark>
    }
}

/// Returns the trait's header with more supertraits, before its `where`.
fn with_supertraits(manager: &Manager, item: &ItemTrait, supertraits: &TokenStream) -> Vec<TokenTree> {
    let header = &manager.item.header;
    let is_where = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "where");
    let end = header.iter().position(is_where).unwrap_or(header.len());
    let joint = match (&item.colon_token, item.supertraits.empty_or_trailing()) {
        (None, _) => quote!(:),
        (Some(_), false) => quote!(+),
        (Some(_), true) => TokenStream::new(),
    };
    let mut tokens: Vec<_> = header[..end].to_vec();
    tokens.extend(joint);
    tokens.extend(supertraits.clone());
    tokens.extend_from_slice(&header[end..]);
    tokens
}

/// Returns an `async fn` as a method whose future is known to be `Send`; a trait has no other form for that.
fn as_future(member: &TaskMember) -> TokenStream {
    let Signature { constness, safety, abi, fn_token, ident, generics, inputs, output, .. } =
        &member.task.signature;
    let (parameters, _, _) = generics.split_for_impl();
    let predicates = generics.where_clause.as_ref().map(|clause| &clause.predicates).into_iter();
    let output = match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let body = match &member.body {
        TokenTree::Group(body) => quote!({ async move #body }),
        semicolon => semicolon.to_token_stream(),
    };
    let mut tokens = member.attributes.clone();
    let at = at(ident.span());
    tokens.append_all(quote_spanned! {at=>
        #constness #safety #abi #fn_token #ident #parameters (#inputs)
            -> impl ::core::future::Future<Output = #output> + ::core::marker::Send
        where
            Self: ::core::marker::Sized,
            #(#predicates)*
        #body
    });
    tokens
}

/// Whether a trait with such a method can be a `dyn` type.
fn is_dispatchable(task: &Task) -> bool {
    let signature = &task.signature;
    signature.receiver().is_some()
        && signature.generics.type_params().next().is_none()
        && !matches!(&signature.output, ReturnType::Type(_, ty) if matches!(&**ty, Type::ImplTrait(_)))
}

/// Returns a method that was refused as a task, kept out of the `dyn` type. Otherwise the compiler refuses each use of
/// the trait.
fn without_dyn(member: &TaskMember) -> TokenStream {
    let mut signature = member.task.signature.clone();
    signature.generics.make_where_clause().predicates.push(parse_quote!(Self: ::core::marker::Sized));
    let mut tokens = member.attributes.clone();
    signature.to_tokens(&mut tokens);
    tokens.append(member.body.clone());
    tokens
}

/// Generates the method by which the dispatch of an implementing type reaches the tasks, overridden or not.
fn hidden_call(manager: &Manager, periodic: &TokenStream, name: &str, tasks: &[&Task]) -> TokenStream {
    let rows = Row::of_tasks(tasks);
    let unread = collect::unread(manager);
    let (numbering, body) = (Numbering(&rows), dispatch::of_trait(name, &rows));
    let (context, owner) = (or_unit(&manager.args.context), or_unit(&manager.args.owner));
    quote_spanned! {Span::mixed_site()=>
        #[doc(hidden)]
        #[inline]
        #[allow(deprecated, non_camel_case_types, non_upper_case_globals, unused_variables)]
        fn __periodic_call<'call>(
            &'call self,
            __row: #periodic::__private::u32,
            __given: #periodic::__private::Given<'call, #owner, #context>,
        ) -> #periodic::__private::Call<'call>
        where
            Self: ::core::marker::Sized,
        {
            use #periodic::__private as __periodic;
            #unread
            let __mark = __periodic::Shared;
            #numbering
            #body
        }
    }
}

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned;
use syn::{FnArg, Pat, ReceiverKind, ReturnType, Signature, Type, TypeReference};

use crate::errors::Errors;

/// The longest tuple that serde writes.
const MOST: usize = 16;

/// A signature that can be sent.
pub(super) struct Method {
    pub(super) ident: Ident,
    pub(super) receiver: Receiver,
    /// The arguments except the receiver and the home.
    pub(super) arguments: Vec<Ident>,
    pub(super) types: Vec<TokenStream>,
    pub(super) output: Type,
}

pub(super) enum Receiver {
    /// `&mut self`, as the user's own token, which keeps its hygiene.
    Unique(TokenStream),
    /// `&self`.
    Shared(TokenStream),
    /// No receiver, but a `&Home` as the first argument.
    Home(Ident),
}

impl Method {
    /// Reads a signature; `None` if it has a mistake, which has been reported. If it does not parse, the compiler did
    /// so.
    pub(super) fn read(signature: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let before = errors.count();
        let signature = read_signature(signature).ok()?.sig;
        check(&signature, errors);
        let mut inputs = signature.inputs.iter().peekable();
        let receiver = match inputs.next_if(|first| matches!(first, FnArg::Receiver(_))) {
            Some(FnArg::Receiver(written)) => {
                let receiver = receiver(written);
                if receiver.is_none() {
                    let text = "a remotable method must take `&self` or `&mut self`: the object stays in its process";
                    errors.at(written, text);
                }
                receiver
            }
            _ => home(inputs.next(), &signature.ident, errors).map(Receiver::Home),
        };
        let (mut arguments, mut types) = (Vec::new(), Vec::new());
        for input in inputs {
            let FnArg::Typed(input) = input else { continue };
            match (&*input.pat, &*input.ty) {
                (_, ty @ (Type::Reference(_) | Type::ImplTrait(_))) => {
                    errors.at(ty, "an argument of a remotable method is sent: take a value, such as `String` for `&str`");
                }
                (Pat::Ident(name), ty) if name.by_ref.is_none() && name.subpat.is_none() => {
                    arguments.push(name.ident.clone());
                    types.push(quote!(#ty));
                }
                (pat, _) => errors.at(pat, "an argument of a remotable method is sent: give it a name"),
            }
        }
        if arguments.len() > MOST {
            errors.at(&signature.ident, format_args!("a remotable method can take at most {MOST} arguments"));
        }
        let output = match signature.output {
            ReturnType::Type(_, output) => Some(*output),
            ReturnType::Default => {
                errors.at(
                    &signature.ident,
                    "a remotable method must return `Result<T, E>`: a call to the conductor can fail",
                );
                None
            }
        };
        if errors.count() > before {
            return None;
        }
        Some(Self { ident: signature.ident, receiver: receiver?, arguments, types, output: output? })
    }

    /// Returns the name by which the conductor finds the method.
    pub(super) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Whether the method returns objects, which have no home yet.
    pub(super) fn returns_self(&self) -> bool {
        fn has_self(tokens: TokenStream) -> bool {
            tokens.into_iter().any(|token| match token {
                proc_macro2::TokenTree::Ident(word) => word == "Self",
                proc_macro2::TokenTree::Group(group) => has_self(group.stream()),
                _ => false,
            })
        }
        let output = &self.output;
        has_self(quote!(#output))
    }
}

fn read_signature(signature: &TokenStream) -> syn::Result<syn::ItemFn> {
    syn::parse2(quote!(#signature {}))
}

fn check(signature: &Signature, errors: &mut Errors) {
    if let Signature { asyncness: None, fn_token, .. } = signature {
        errors.at(fn_token, "a remotable method must be an `async fn`: it may wait for the conductor");
    }
    if let Some(word) = &signature.constness {
        errors.at(word, "a remotable method cannot be `const`: remove it");
    }
    if let ReturnType::Type(_, ty) = &signature.output
        && matches!(&**ty, Type::ImplTrait(_))
    {
        errors.at(ty, "a remotable method returns a `Result<T, E>` whose types have names: it is sent");
    }
    if !signature.generics.params.is_empty() {
        errors.at(
            &signature.generics,
            "a remotable method cannot be generic: the conductor cannot choose the types",
        );
    }
}

fn home(first: Option<&FnArg>, at: &Ident, errors: &mut Errors) -> Option<Ident> {
    if let Some(FnArg::Typed(first)) = first
        && let Type::Reference(TypeReference { elem, mutability: None, .. }) = &*first.ty
        && crate::model::type_name(elem).is_some_and(|name| name == "Home")
        && let Pat::Ident(name) = &*first.pat
    {
        return Some(name.ident.clone());
    }
    let span = first.map_or_else(|| at.span(), Spanned::span);
    let text = "a remotable function without `self` must take `home: &Home` first, the place of its run";
    errors.push(syn::Error::new(span, text));
    None
}

/// Returns the receiver; `None` if the object would be moved.
fn receiver(receiver: &syn::Receiver) -> Option<Receiver> {
    let unique = match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_some(),
        ReceiverKind::Typed(_, ty) => match &**ty {
            Type::Reference(TypeReference { elem, mutability, .. }) if is_self(elem) => mutability.is_some(),
            _ => return None,
        },
        _ => return None,
    };
    let this = receiver.self_token.to_token_stream();
    Some(if unique { Receiver::Unique(this) } else { Receiver::Shared(this) })
}

fn is_self(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("Self"))
}

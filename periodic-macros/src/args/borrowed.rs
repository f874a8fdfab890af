use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{GenericArgument, Lifetime, Path, PathArguments, Token, Type, TypeParamBound};

/// Returns the lifetime, or the `&` without one, by which a type borrows for a time shorter than `'static`.
pub(crate) fn borrowed(ty: &Type) -> Option<&dyn ToTokens> {
    match ty {
        Type::Reference(reference) => match &reference.lifetime {
            None => Some(&reference.and_token),
            Some(lifetime) if !is_static(Some(lifetime)) => Some(lifetime),
            Some(_) => borrowed(&reference.elem),
        },
        Type::Path(path) => {
            let own = path.qself.as_ref().and_then(|own| borrowed(&own.ty));
            own.or_else(|| in_path(&path.path))
        }
        Type::TraitObject(object) => in_bounds(&object.bounds),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(borrowed),
        Type::Array(array) => borrowed(&array.elem),
        Type::Slice(slice) => borrowed(&slice.elem),
        Type::Ptr(pointer) => borrowed(&pointer.elem),
        Type::Paren(paren) => borrowed(&paren.elem),
        Type::Group(group) => borrowed(&group.elem),
        _ => None,
    }
}

pub(crate) fn is_static(lifetime: Option<&Lifetime>) -> bool {
    lifetime.is_some_and(|lifetime| lifetime.ident == "static")
}

fn in_path(path: &Path) -> Option<&dyn ToTokens> {
    path.segments.iter().find_map(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(in_argument),
        // In `Fn(&str)` each call has its own lifetime.
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    })
}

fn in_argument(argument: &GenericArgument) -> Option<&dyn ToTokens> {
    match argument {
        GenericArgument::Lifetime(lifetime) if !is_static(Some(lifetime)) => Some(lifetime),
        GenericArgument::Type(ty) => borrowed(ty),
        GenericArgument::AssocType(argument) => borrowed(&argument.ty),
        _ => None,
    }
}

fn in_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> Option<&dyn ToTokens> {
    bounds.iter().find_map(|bound| match bound {
        TypeParamBound::Lifetime(lifetime) if !is_static(Some(lifetime)) => Some(lifetime as &dyn ToTokens),
        TypeParamBound::Trait(bound) if bound.lifetimes.is_none() => in_path(&bound.path),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn found(ty: proc_macro2::TokenStream) -> Option<String> {
        let ty: Type = syn::parse2(ty).unwrap();
        borrowed(&ty).map(|tokens| tokens.to_token_stream().to_string())
    }

    #[test]
    fn what_borrows_is_found_wherever_it_stands() {
        for ty in [
            quote!(M<'a>),
            quote!(&'a M),
            quote!(Box<dyn Work + 'a>),
            quote!((u8, [Option<M<'a>>; 3])),
            quote!(<M<'a> as Work>::Output),
            quote!(Box<dyn Work<Item = &'a u8>>),
        ] {
            assert_eq!(found(ty.clone()).as_deref(), Some("'a"), "{ty}");
        }
        assert_eq!(found(quote!(M<'_>)).as_deref(), Some("'_"));
        assert_eq!(found(quote!(&M)).as_deref(), Some("&"));
    }

    #[test]
    fn a_lifetime_that_is_static_or_of_a_call_borrows_nothing() {
        for ty in [
            quote!(M),
            quote!(&'static M<'static>),
            quote!(Box<dyn Fn(&str) -> &str + Send + 'static>),
            quote!(fn(&u8)),
            quote!(Box<dyn for<'a> Work<'a>>),
        ] {
            assert_eq!(found(ty.clone()), None, "{ty}");
        }
    }
}

use proc_macro2::{Span, TokenStream};

/// The place of a path: its last word, which is what it names.
pub(super) fn at_name(path: &TokenStream) -> Span {
    at(path.clone().into_iter().last().map_or_else(Span::call_site, |word| word.span()))
}

/// The place of `span`, for tokens whose names are generated: their hygiene must be one for all of them, also
/// where the user's tokens come from different macros.
pub(super) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

use proc_macro2::{Span, TokenStream};

/// Returns the span of a path: that of its last word, which is the named item.
pub(super) fn at_name(path: &TokenStream) -> Span {
    at(path.clone().into_iter().last().map_or_else(Span::call_site, |word| word.span()))
}

/// Returns the location of `span` for tokens with generated names. Their hygiene must be the same for all, even if the
/// user's tokens come from different macros.
pub(super) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

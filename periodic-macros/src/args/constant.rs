use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{ExprPath, Token, token};

/// Whether a path comes next, which can only name a constant.
pub(super) fn is_next(input: ParseStream<'_>) -> bool {
    input.peek(syn::Ident)
        || input.peek(Token![::])
        || input.peek(Token![<])
        || input.peek(Token![Self])
        || input.peek(Token![crate])
        || input.peek(Token![self])
        || input.peek(Token![super])
}

/// Reads the path of a constant. `called` is the error for a call or any other form.
pub(super) fn read(input: ParseStream<'_>, called: &str) -> syn::Result<TokenStream> {
    let path: ExprPath = input.parse()?;
    // Two dots are a range.
    let is_method = input.peek(Token![.]) && !input.peek(Token![..]);
    if input.peek(token::Paren) || input.peek(Token![!]) || input.peek(token::Brace) || is_method {
        return Err(syn::Error::new_spanned(path, called));
    }
    Ok(path.into_token_stream())
}

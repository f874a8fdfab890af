use syn::parse::ParseStream;
use syn::{LitBool, Token};

use super::Value;

/// `align`, or `align = true`.
pub(crate) struct Flag(pub(crate) bool);

impl Value for Flag {
    const FORM: &'static str = "";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        match input.parse::<Option<Token![=]>>()? {
            Some(_) => bool::read(input).map(Self),
            None => Ok(Self(true)),
        }
    }
}

/// `inline`, which nothing can follow.
pub(crate) struct Word;

impl Value for Word {
    const FORM: &'static str = "";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![=]) {
            return Err(input.error("this argument takes no value: write its name alone, or leave it out"));
        }
        Ok(Self)
    }
}

/// `enabled = false`.
impl Value for bool {
    const FORM: &'static str = "= false";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(LitBool) {
            return Err(input.error("expected `true` or `false`"));
        }
        input.parse::<LitBool>().map(|literal| literal.value())
    }
}

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Token, parenthesized, token};

use super::choice::Choice;
use super::{Once, Value};
use crate::advice::advice;

/// `dst = (gap = first, overlap = once)`.
pub(crate) struct Dst {
    pub(crate) gap: Gap,
    pub(crate) overlap: Repeated,
}

/// What becomes of a slot at a time that the clocks leave out.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gap {
    #[default]
    First,
    Skip,
}

/// What becomes of a slot at a time that the clocks show twice.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Repeated {
    #[default]
    Once,
    Twice,
}

impl Value for Gap {
    const FORM: &'static str = "= skip";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = Choice::read(input, &["first", "skip"])?;
        match word.text.as_str() {
            "first" => Ok(Self::First),
            "skip" => Ok(Self::Skip),
            _ => Err(word.unknown()),
        }
    }
}

impl Value for Repeated {
    const FORM: &'static str = "= twice";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = Choice::read(input, &["once", "twice"])?;
        match word.text.as_str() {
            "once" => Ok(Self::Once),
            "twice" => Ok(Self::Twice),
            _ => Err(word.unknown()),
        }
    }
}

impl Value for Dst {
    const FORM: &'static str = "= (gap = skip, overlap = twice)";
    const CAN_BE_LIST: bool = true;

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(token::Paren) {
            return Err(input.error(format_args!("expected what happens when the clocks change: {BOTH}")));
        }
        let content;
        let parentheses = parenthesized!(content in input);
        if content.is_empty() {
            return Err(syn::Error::new(parentheses.span.join(), format_args!("this list is empty: {BOTH}")));
        }
        let (mut gap, mut overlap) = (Once::<Gap>::default(), Once::<Repeated>::default());
        while !content.is_empty() {
            if !content.peek(Ident::peek_any) {
                return Err(content.error("expected `gap` or `overlap`"));
            }
            let key = content.call(Ident::parse_any)?;
            match key.to_string().as_str() {
                "gap" => gap.read(&key, &content)?,
                "overlap" => overlap.read(&key, &content)?,
                word => {
                    let advice =
                        advice(word, &["gap", "overlap"], &[("fold", "overlap"), ("repeated", "overlap")]);
                    return Err(syn::Error::new(
                        key.span(),
                        format_args!("`dst` has no part `{word}`; {advice}"),
                    ));
                }
            }
            if !content.is_empty() && content.parse::<Option<Token![,]>>()?.is_none() {
                return Err(content.error("expected `,`"));
            }
        }
        Ok(Self {
            gap: gap.value().copied().unwrap_or_default(),
            overlap: overlap.value().copied().unwrap_or_default(),
        })
    }
}

const BOTH: &str = "write one or both of `(gap = first | skip, overlap = once | twice)`";

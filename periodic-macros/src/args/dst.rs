use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::token;

use super::choice::Choice;
use super::list::{Arguments, read_nested};
use super::{Once, Value};

/// `dst = (gap = first, overlap = once)`.
pub(crate) struct Dst {
    pub(crate) gap: Gap,
    pub(crate) overlap: Repeated,
}

/// The rule for a slot at a time that the clocks skip.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gap {
    #[default]
    First,
    Skip,
}

/// The rule for a slot at a time that the clocks show twice.
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

/// The parts of one list.
#[derive(Default)]
struct Parts {
    gap: Once<Gap>,
    overlap: Once<Repeated>,
}

impl Arguments for Parts {
    const ATTRIBUTE: &'static str = "dst";
    const EXAMPLE: &'static str = "gap = skip";
    const NAMES: &'static [&'static str] = &["gap", "overlap"];
    const SYNONYMS: &'static [(&'static str, &'static str)] = &[("fold", "overlap"), ("repeated", "overlap")];

    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        Some(match key.to_string().as_str() {
            "gap" => self.gap.read(key, input),
            "overlap" => self.overlap.read(key, input),
            _ => return None,
        })
    }
}

impl Value for Dst {
    const FORM: &'static str = "= (gap = skip, overlap = twice)";
    const CAN_BE_LIST: bool = true;

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(token::Paren) {
            return Err(input.error(format_args!("expected rules for clock changes: {BOTH}")));
        }
        let (Parts { gap, overlap }, parentheses) = read_nested(input)?;
        if !gap.is_written() && !overlap.is_written() {
            return Err(syn::Error::new(parentheses, format_args!("this list is empty: {BOTH}")));
        }
        Ok(Self {
            gap: gap.value().copied().unwrap_or_default(),
            overlap: overlap.value().copied().unwrap_or_default(),
        })
    }
}

const BOTH: &str = "write one or both of `(gap = first | skip, overlap = once | twice)`";

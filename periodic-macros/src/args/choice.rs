use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{parenthesized, token};

use super::Value;
use super::count::count;
use crate::advice::{OneOf, advice};

/// `from = start | finish`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Start,
    Finish,
}

impl Value for From {
    const FORM: &'static str = "= finish";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        choose(input, &["start", "finish"], |text, _, _| match text {
            "start" => Some(Ok(Self::Start)),
            "finish" => Some(Ok(Self::Finish)),
            _ => None,
        })
    }
}

/// `overlap = skip | queue | replace | allow(n)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlap {
    Skip,
    Queue,
    Replace,
    Allow(u32),
}

impl Value for Overlap {
    const FORM: &'static str = "= queue";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        choose(input, &["skip", "queue", "replace", "allow(n)"], |text, word, input| match text {
            "skip" => Some(Ok(Self::Skip)),
            "queue" => Some(Ok(Self::Queue)),
            "replace" => Some(Ok(Self::Replace)),
            "allow" => Some(number(word, input, u32::MAX).map(Self::Allow)),
            _ => None,
        })
    }
}

/// `missed = coalesce | skip | all(max)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missed {
    Coalesce,
    Skip,
    All(u16),
}

impl Value for Missed {
    const FORM: &'static str = "= skip";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        choose(input, &["coalesce", "skip", "all(max)"], |text, word, input| match text {
            "coalesce" => Some(Ok(Self::Coalesce)),
            "skip" => Some(Ok(Self::Skip)),
            "all" => Some(number(word, input, u16::MAX).map(Self::All)),
            _ => None,
        })
    }
}

/// Reads a word, and with `pick` what it stands for; `None` says that it is none of `choices`.
pub(super) fn choose<T>(
    input: ParseStream<'_>,
    choices: &[&str],
    pick: impl FnOnce(&str, &Ident, ParseStream<'_>) -> Option<syn::Result<T>>,
) -> syn::Result<T> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format_args!("expected {}, without quotes", OneOf(choices))));
    }
    let word = input.call(Ident::parse_any)?;
    let text = word.to_string();
    pick(&text, &word, input).unwrap_or_else(|| {
        let advice = advice(&text, choices, &[]);
        Err(syn::Error::new(word.span(), format_args!("`{word}` is not one of the choices; {advice}")))
    })
}

/// The number in `allow(3)`.
fn number<N: TryFrom<u64> + Into<u64>>(word: &Ident, input: ParseStream<'_>, most: N) -> syn::Result<N> {
    let missing = || syn::Error::new(word.span(), format_args!("`{word}` needs a number: write `{word}(3)`"));
    if !input.peek(token::Paren) {
        return Err(missing());
    }
    let content;
    parenthesized!(content in input);
    if content.is_empty() {
        return Err(missing());
    }
    let number = count(&content, 1..=most.into())?;
    if !content.is_empty() {
        return Err(content.error(format_args!("`{word}` takes one number")));
    }
    // `count` has kept it in range.
    N::try_from(number).map_err(|_| missing())
}

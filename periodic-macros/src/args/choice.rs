use periodic_text::{OneOf, no_choice, no_number};
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{parenthesized, token};

use super::Value;
use super::value::count;

/// `from = start | finish`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Start,
    Finish,
}

impl Value for From {
    const FORM: &'static str = "= finish";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = Choice::read(input, &["start", "finish"])?;
        match word.text.as_str() {
            "start" => Ok(Self::Start),
            "finish" => Ok(Self::Finish),
            _ => Err(word.unknown()),
        }
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
        let word = Choice::read(input, &["skip", "queue", "replace", "allow(n)"])?;
        match word.text.as_str() {
            "skip" => Ok(Self::Skip),
            "queue" => Ok(Self::Queue),
            "replace" => Ok(Self::Replace),
            "allow" => number(&word.word, input, u32::MAX).map(Self::Allow),
            _ => Err(word.unknown()),
        }
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
        let word = Choice::read(input, &["coalesce", "skip", "all(max)"])?;
        match word.text.as_str() {
            "coalesce" => Ok(Self::Coalesce),
            "skip" => Ok(Self::Skip),
            "all" => number(&word.word, input, u16::MAX).map(Self::All),
            _ => Err(word.unknown()),
        }
    }
}

/// A word, and the words that are valid in its place.
pub(super) struct Choice {
    pub(super) text: String,
    word: Ident,
    choices: &'static [&'static str],
}

impl Choice {
    pub(super) fn read(input: ParseStream<'_>, choices: &'static [&'static str]) -> syn::Result<Self> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error(format_args!("expected {}, without quotes", OneOf(choices))));
        }
        let word = input.call(Ident::parse_any)?;
        Ok(Self { text: word.to_string(), word, choices })
    }

    /// Creates the error for any other word.
    pub(super) fn unknown(&self) -> syn::Error {
        let Self { text, word, choices } = self;
        syn::Error::new(word.span(), no_choice(text, choices))
    }
}

/// Reads the number in `allow(3)`.
fn number<N: TryFrom<u64> + Into<u64>>(word: &Ident, input: ParseStream<'_>, most: N) -> syn::Result<N> {
    let missing = || syn::Error::new(word.span(), no_number(&word.to_string()));
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
    // `count` has checked the range.
    N::try_from(number).map_err(|_| missing())
}

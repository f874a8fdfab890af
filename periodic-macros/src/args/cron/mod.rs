//! `cron`, in its three forms: an expression in quotes, a constant, and fields of tokens. The first and the last
//! become a text for the same parser.

#[cfg(feature = "cron")]
mod fields;
#[cfg(feature = "cron")]
mod names;
#[cfg(feature = "cron")]
mod value;

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{LitStr, parenthesized, token};

#[cfg(not(feature = "cron"))]
use super::without_cron::{fields, text};
use super::{Value, constant};
#[cfg(feature = "cron")]
use {fields::read as fields, periodic_cron::Cron};

/// The wall-clock schedule of a task.
pub(crate) enum Expression {
    /// An expression that has been read without an error.
    Text(String),
    /// The value of a constant, which only the compiler knows.
    Constant(TokenStream),
}

impl Expression {
    /// Returns the path of the constant, if it is one.
    pub(crate) fn constant(&self) -> Option<&TokenStream> {
        match self {
            Self::Text(_) => None,
            Self::Constant(path) => Some(path),
        }
    }
}

impl Value for Expression {
    const FORM: &'static str = "= \"0 9 * * MON-FRI\"";
    const CAN_BE_LIST: bool = true;

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Paren) {
            let content;
            let parentheses = parenthesized!(content in input);
            return fields(&content, parentheses.span.join()).map(Self::Text);
        }
        if constant::is_next(input) {
            return constant::read(input, EXPECTED).map(Self::Constant);
        }
        if !input.peek(LitStr) {
            return Err(input.error(EXPECTED));
        }
        let literal: LitStr = input.parse()?;
        text(&literal)?;
        Ok(Self::Text(literal.value()))
    }
}

/// Checks an expression in quotes.
#[cfg(feature = "cron")]
fn text(literal: &LitStr) -> syn::Result<()> {
    let text = literal.value();
    let Err(error) = Cron::parse(&text) else { return Ok(()) };
    if text.trim().is_empty() {
        return Err(syn::Error::new(literal.span(), error));
    }
    // The compiler cannot underline a part of a literal, so the message shows the place itself.
    Err(syn::Error::new(literal.span(), format_args!("{error}\n{}", error.caret(&text))))
}

const EXPECTED: &str = "expected an expression in quotes, as in `cron = \"0 9 * * MON-FRI\"`, the name of a constant, \
     or fields, as in `cron(hour = 9, weekday = MON..=FRI)`";

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn text(tokens: TokenStream) -> Result<String, String> {
        match Expression::read.parse2(tokens) {
            Ok(Expression::Text(text)) => Ok(text),
            Ok(Expression::Constant(path)) => Ok(path.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn an_expression_stays_as_it_is_written() {
        assert_eq!(text(quote!("0 9 * * mon-fri")), Ok("0 9 * * mon-fri".into()));
        assert_eq!(text(quote!("@daily")), Ok("@daily".into()));
        assert_eq!(text(quote!(Self::NIGHTLY)), Ok("Self :: NIGHTLY".into()));
    }

    #[test]
    fn a_mistake_is_marked_inside_the_message() {
        let error = text(quote!("0 99 * * *")).unwrap_err();
        assert!(error.contains("write 0 to 23"), "{error}");
        assert!(error.ends_with("\n0 99 * * *\n  ^^"), "{error}");
    }

    #[test]
    fn other_things_are_no_expression() {
        for tokens in [quote!(5), quote!(nightly()), quote!(format!("0 9 * * *")), quote!(-5)] {
            let error = text(tokens).unwrap_err();
            assert!(error.contains("expected an expression in quotes"), "{error}");
        }
    }
}

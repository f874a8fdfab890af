use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

#[cfg(not(feature = "cron"))]
use super::without_cron::zone as problem;
use super::{Value, constant};
#[cfg(feature = "cron")]
use periodic_cron::zones::problem;

/// `tz = "Europe/Berlin"`, or a constant.
pub(crate) enum Zone {
    /// A known zone.
    Name(String),
    /// The value of a constant, which only the compiler knows.
    Constant(TokenStream),
}

impl Zone {
    /// Returns the path of the constant, if it is one.
    pub(crate) fn constant(&self) -> Option<&TokenStream> {
        match self {
            Self::Name(_) => None,
            Self::Constant(path) => Some(path),
        }
    }
}

const EXPECTED: &str = "expected a time zone in quotes, as in `tz = \"Europe/Berlin\"`, or the name of a `&'static str` constant";

impl Value for Zone {
    const FORM: &'static str = "= \"Europe/Berlin\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if constant::is_next(input) {
            let constant = constant::read(input, EXPECTED)?;
            // Region and city without quotes.
            let is_bare = input.peek(Token![/]);
            return if is_bare {
                Err(syn::Error::new_spanned(constant, EXPECTED))
            } else {
                Ok(Self::Constant(constant))
            };
        }
        if !input.peek(LitStr) {
            return Err(input.error(EXPECTED));
        }
        let literal: LitStr = input.parse()?;
        let name = literal.value();
        match problem(&name) {
            Some(problem) => Err(syn::Error::new(literal.span(), problem)),
            None => Ok(Self::Name(name)),
        }
    }
}

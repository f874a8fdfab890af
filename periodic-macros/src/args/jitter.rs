use syn::parse::ParseStream;
use syn::{LitFloat, LitInt, LitStr, Token};

use super::{Length, Value};

/// `jitter = "5%"`, or a duration.
pub(crate) enum Jitter {
    /// Millionths of the spacing.
    Share(u32),
    UpTo(Length),
}

impl Jitter {
    pub(crate) fn length(&self) -> Option<&Length> {
        match self {
            Self::Share(_) => None,
            Self::UpTo(length) => Some(length),
        }
    }
}

impl Value for Jitter {
    const FORM: &'static str = "= \"5%\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if (input.peek(LitInt) || input.peek(LitFloat)) && input.peek2(Token![%]) {
            return Err(
                input.error("a percentage is a text: write it with its sign in quotes, as in `\"5%\"`")
            );
        }
        if input.peek(LitStr) {
            let fork = input.fork();
            let literal: LitStr = fork.parse()?;
            let text = literal.value();
            if let Some(number) = text.trim().strip_suffix('%') {
                input.parse::<LitStr>()?;
                let share = periodic_text::share(number.trim_end());
                return share.map(Self::Share).map_err(|problem| syn::Error::new(literal.span(), problem));
            }
        }
        Length::read(input).map(Self::UpTo)
    }
}

use std::ops::RangeInclusive;

use syn::parse::ParseStream;
use syn::{LitBool, LitInt, LitStr, Path, Token, Type};

use super::borrowed;

/// A type that an argument's value can have.
pub(crate) trait Value: Sized {
    /// The form of the argument after its name.
    const FORM: &'static str;

    /// Whether a list in parentheses can take the place of `= value`.
    const CAN_BE_LIST: bool = false;

    /// Reads the tokens after the argument's name.
    fn read(input: ParseStream<'_>) -> syn::Result<Self>;
}

/// `name = "…"`: a part between the dots of a full task name.
impl Value for String {
    const FORM: &'static str = "= \"audit\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(LitStr) {
            return Err(input.error("expected a name in quotes"));
        }
        let literal: LitStr = input.parse()?;
        let name = literal.value();
        if name.contains('.') {
            let problem = "a name cannot contain `.`, which separates the parts of a full name such as \
                           `Manager.driver.poll`";
            return Err(syn::Error::new(literal.span(), problem));
        }
        match periodic_text::name::problem(&name) {
            Some(problem) => Err(syn::Error::new(literal.span(), problem)),
            None => Ok(name),
        }
    }
}

/// `crate = path`.
impl Value for Path {
    const FORM: &'static str = "= path::to::periodic";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        const QUOTED: &str = "a path stands without quotes, as in `crate = periodic`";
        if input.peek(LitStr) {
            return Err(input.error(QUOTED));
        }
        input.call(Self::parse_mod_style)
    }
}

/// `context = Type`.
impl Value for Type {
    const FORM: &'static str = "= Type";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        const BORROWED: &str = "this type borrows, but tasks use its value for as long as the service runs: hold values or \
             an `Arc`, or write `'static`";
        const UNSIZED: &str =
            "this is not one type with a size: write `Box<dyn Trait + Send + Sync>`, `String` or the like";
        let ty: Self =
            input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), "expected a type"))?;
        if let Some(lifetime) = borrowed(&ty) {
            return Err(syn::Error::new_spanned(lifetime, BORROWED));
        }
        match ty {
            Self::TraitObject(_) | Self::ImplTrait(_) | Self::Slice(_) | Self::Infer(_) => {
                Err(syn::Error::new_spanned(ty, UNSIZED))
            }
            Self::Path(path) if path.path.is_ident("str") => Err(syn::Error::new_spanned(path, UNSIZED)),
            _ => Ok(ty),
        }
    }
}

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

/// `inline`, which has no value.
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

/// `max_runs = 3`.
pub(crate) struct Runs(u64);

impl Runs {
    pub(crate) fn get(&self) -> u64 {
        self.0
    }
}

impl Value for Runs {
    const FORM: &'static str = "= 3";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        count(input, 1..=u64::MAX).map(Self)
    }
}

/// Reads a whole number in `range`. It accepts smaller numbers, too: a rule refuses those of all forms.
pub(super) fn count(input: ParseStream<'_>, range: RangeInclusive<u64>) -> syn::Result<u64> {
    let (least, most) = range.into_inner();
    let expected = if most == u64::MAX {
        format!("expected a whole number, at least {least}")
    } else {
        format!("expected a whole number from {least} to {most}")
    };
    if !input.peek(LitInt) {
        return Err(input.error(expected));
    }
    let literal: LitInt = input.parse()?;
    match literal.base10_parse() {
        Ok(number) if number <= most && literal.suffix().is_empty() => Ok(number),
        _ => Err(syn::Error::new(literal.span(), format_args!("{expected}; found `{literal}`"))),
    }
}

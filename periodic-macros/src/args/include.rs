use std::collections::HashSet;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Member, Path, Token, parenthesized, token};

use super::Value;
use super::list::entries;

/// A field of `include(driver, base(except(report)))`.
pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) except: Vec<Except>,
}

/// A trait of `inherit(Base, Other(except(report)))`.
pub(crate) struct Inherited {
    pub(crate) path: Path,
    pub(crate) except: Vec<Except>,
}

/// The name of a task to leave out.
pub(crate) struct Except {
    pub(crate) name: String,
    pub(crate) span: Span,
}

impl Value for Vec<Field> {
    const FORM: &'static str = "(field, other(except(a, \"x.b\")))";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut names = Names::default();
        listed(input, Self::FORM, |input| {
            if !input.peek(syn::Ident) && !input.peek(syn::LitInt) {
                return Err(input.error("expected the name of a field of the manager"));
            }
            let field = Field { member: input.parse()?, except: except(input)? };
            names.add(&field.member)?;
            Ok(field)
        })
    }
}

impl Value for Vec<Inherited> {
    const FORM: &'static str = "(Trait, Other(except(a)))";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut names = Names::default();
        listed(input, Self::FORM, |input| {
            let inherited = Inherited { path: input.call(Path::parse_mod_style)?, except: except(input)? };
            names.add(&inherited.path)?;
            Ok(inherited)
        })
    }
}

/// The names in a list.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    /// Adds a name, unless the list has it already.
    fn add(&mut self, name: &dyn ToTokens) -> syn::Result<()> {
        let text = name.to_token_stream().to_string().replace(' ', "");
        if self.0.contains(&text) {
            return Err(syn::Error::new_spanned(name, format_args!("`{text}` is given twice")));
        }
        self.0.insert(text);
        Ok(())
    }
}

fn except(input: ParseStream<'_>) -> syn::Result<Vec<Except>> {
    const FORM: &str = "(a, \"x.b\")";
    if !input.peek(token::Paren) {
        return Ok(Vec::new());
    }
    let content;
    let parentheses = parenthesized!(content in input);
    if content.is_empty() {
        return Err(syn::Error::new(parentheses.span.join(), format_args!("expected `except{FORM}`")));
    }
    let word = content.call(Ident::parse_any)?;
    if word != "except" {
        return Err(syn::Error::new(word.span(), format_args!("found `{word}`; expected `except{FORM}`")));
    }
    let except = listed(&content, FORM, |input| {
        if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            return Ok(Except { name: literal.value(), span: literal.span() });
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected the name of a task"));
        }
        let name = input.call(Ident::parse_any)?;
        if input.peek(Token![.]) {
            return Err(input.error("a name with dots is written in quotes, as in `\"driver.poll\"`"));
        }
        Ok(Except { name: name.unraw().to_string(), span: name.span() })
    })?;
    if content.is_empty() { Ok(except) } else { Err(content.error("nothing can follow `except(..)`")) }
}

/// Reads `(one, other)`, with at least one entry. All mistakes of the list are one error.
fn listed<T>(
    input: ParseStream<'_>,
    form: &str,
    mut read: impl FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    if !input.peek(token::Paren) {
        return Err(input.error(format_args!("expected a list in parentheses: `{form}`")));
    }
    let content;
    let parentheses = parenthesized!(content in input);
    let mut list = Vec::new();
    let mistakes = entries(&content, |input| {
        let entry = read(input)?;
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(input.error("expected `,`: an entry is one name, or a name with `(except(..))`"));
        }
        list.push(entry);
        Ok(())
    })?;
    let list = mistakes.none_or(list)?;
    if list.is_empty() {
        return Err(syn::Error::new(
            parentheses.span.join(),
            format_args!("this list is empty: write `{form}`"),
        ));
    }
    Ok(list)
}

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{FnArg, PatType, Signature, Token, Visibility};

use super::attributes::RawAttribute;
use super::conditions::conditions;
use super::description;
use super::mark::TaskMark;
use crate::args::{self, TaskArgs};
use crate::errors::Errors;

/// A function that is a periodic task.
pub(crate) struct Task {
    /// The path of its attribute, as written.
    pub(crate) path: TokenStream,
    pub(crate) args: TaskArgs,
    /// Its `#[cfg(..)]`s.
    pub(crate) conditions: Vec<TokenStream>,
    pub(crate) description: String,
    pub(crate) signature: Signature,
}

/// The place where a run's code runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Execution {
    Spawned,
    Blocking,
    Inline,
}

impl Task {
    /// Reads a task; `None` if its signature cannot be read. The compiler has reported that already.
    pub(super) fn read(
        mark: TaskMark,
        attributes: &[RawAttribute],
        signature: TokenStream,
        errors: &mut Errors,
    ) -> Option<Self> {
        let args = args::read(mark.arguments, errors);
        let signature = read_signature.parse2(signature).ok()?;
        Some(Self {
            path: mark.path,
            args,
            conditions: conditions(attributes, mark.condition.as_ref()),
            description: description::read(attributes),
            signature,
        })
    }

    /// Returns the name in the table.
    pub(crate) fn name(&self) -> String {
        self.args.name.value().cloned().unwrap_or_else(|| self.ident().unraw().to_string())
    }

    /// Returns the tokens of its name, for an error to underline.
    pub(crate) fn name_tokens(&self) -> TokenStream {
        use quote::ToTokens;
        match self.args.name.get() {
            Some(name) => name.to_token_stream(),
            None => self.ident().to_token_stream(),
        }
    }

    pub(crate) fn ident(&self) -> &Ident {
        &self.signature.ident
    }

    pub(crate) fn span(&self) -> Span {
        self.ident().span()
    }

    pub(crate) fn is_async(&self) -> bool {
        self.signature.asyncness.is_some()
    }

    pub(crate) fn execution(&self) -> Execution {
        match (self.args.inline.get(), self.is_async()) {
            (Some(_), _) => Execution::Inline,
            (None, true) => Execution::Spawned,
            (None, false) => Execution::Blocking,
        }
    }

    /// Returns the parameters except `self`.
    pub(crate) fn parameters(&self) -> Vec<&PatType> {
        let mut parameters = Vec::new();
        for input in &self.signature.inputs {
            if let FnArg::Typed(parameter) = input {
                parameters.push(parameter);
            }
        }
        parameters
    }
}

fn read_signature(input: ParseStream<'_>) -> syn::Result<Signature> {
    input.parse::<Visibility>()?;
    input.parse::<Option<Token![default]>>()?;
    input.parse()
}

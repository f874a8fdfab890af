use proc_macro2::TokenStream;
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::{ItemImpl, ItemTrait, Type};

use super::item::Rebuilt;
use super::members::{self, Member};
use super::{Item, Task, attributes};
use crate::args::{self, ManagerArgs};
use crate::errors::Errors;

/// An `impl` block or a trait that carries `#[periodic_manager]`.
pub(crate) struct Manager {
    pub(crate) args: ManagerArgs,
    /// Whether all of the arguments could be read: without a context, say, no task can be called.
    pub(crate) has_sound_args: bool,
    pub(crate) item: Item,
    pub(crate) header: Header,
    /// Its `#[cfg(..)]`s.
    pub(crate) conditions: Vec<TokenStream>,
    pub(crate) members: Vec<Member>,
}

pub(crate) enum Header {
    Impl(Box<ItemImpl>),
    Trait(Box<ItemTrait>),
}

impl Manager {
    /// Gives the tokens back if they are neither an `impl` nor a trait.
    pub(crate) fn read(
        args: TokenStream,
        tokens: TokenStream,
        errors: &mut Errors,
    ) -> Result<Self, TokenStream> {
        let Some(item) = Item::split(tokens.clone()) else {
            errors.at(&tokens, EXPECTED);
            return Err(tokens);
        };
        let header = if item.is("impl") {
            syn::parse2(item.without_body()).map(Box::new).map(Header::Impl)
        } else if item.is("trait") {
            syn::parse2(item.without_body()).map(Box::new).map(Header::Trait)
        } else {
            Err(syn::Error::new_spanned(item.without_body(), EXPECTED))
        };
        let Some(header) = errors.keep(header) else {
            return Err(tokens);
        };
        let before = errors.count();
        let args = args::read(args, errors);
        let has_sound_args = errors.count() == before;
        let conditions = attributes::conditions(&attributes::of_item(&item.header), None);
        let members = members::split(&item.body, errors);
        Ok(Self { args, has_sound_args, item, header, conditions, members })
    }

    /// Whether tasks outside the impl can join; a generic manager cannot be open.
    pub(crate) fn is_open(&self) -> bool {
        let is_generic = match &self.header {
            Header::Impl(item) => !item.generics.params.is_empty(),
            Header::Trait(_) => true,
        };
        self.args.open.get().is_some() && !is_generic
    }

    /// The methods that are tasks, whether or not they can be called.
    pub(crate) fn tasks(&self) -> Vec<&Task> {
        let mut tasks = Vec::new();
        for member in &self.members {
            if let Member::Task(member) = member {
                tasks.push(&member.task);
            }
        }
        tasks
    }

    /// The name under which the tasks are listed; none if the type has none.
    pub(crate) fn name(&self) -> Option<String> {
        let named = self.args.name.value().cloned();
        named.or_else(|| match &self.header {
            Header::Impl(item) => type_name(&item.self_ty),
            Header::Trait(item) => Some(item.ident.unraw().to_string()),
        })
    }

    /// The user's item, without the attributes of the tasks.
    pub(crate) fn item(&self) -> TokenStream {
        let mut content = TokenStream::new();
        content.append_all(&self.members);
        Rebuilt { header: &self.item.header, body: &self.item.body, content }.into_token_stream()
    }
}

const EXPECTED: &str = "`#[periodic_manager]` goes on an `impl` block of the manager's type, or on a trait";

/// The last word of a type's path.
pub(crate) fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.unraw().to_string()),
        Type::Group(group) => type_name(&group.elem),
        Type::Paren(paren) => type_name(&paren.elem),
        _ => None,
    }
}

impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Verbatim(member) => tokens.extend(member.clone()),
            Self::Task(member) => {
                tokens.extend(member.attributes.clone());
                tokens.extend(member.signature.clone());
                tokens.append(member.body.clone());
            }
        }
    }
}

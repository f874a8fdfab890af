use proc_macro2::TokenStream;
use quote::{ToTokens, TokenStreamExt};
use syn::ext::IdentExt;
use syn::{ItemImpl, ItemTrait, Type};

use super::conditions::conditions;
use super::item::Rebuilt;
use super::members::{self, Member};
use super::{Item, Task, attributes};
use crate::args::{self, ManagerArgs};
use crate::errors::Errors;

/// An `impl` block or a trait that carries `#[periodic_manager]`.
pub(crate) struct Manager {
    pub(crate) args: ManagerArgs,
    /// Whether all arguments could be read: without a context, for example, no task can be called.
    pub(crate) has_sound_args: bool,
    pub(crate) item: Item,
    pub(crate) header: Header,
    /// Its `#[cfg(..)]`s.
    pub(crate) conditions: Vec<TokenStream>,
    pub(crate) members: Vec<Member>,
    /// Whether a task's signature could not be read. The compiler has refused it already.
    pub(crate) has_unread_tasks: bool,
}

pub(crate) enum Header {
    Impl(Box<ItemImpl>),
    Trait(Box<ItemTrait>),
}

impl Manager {
    /// Reads an item. Returns the tokens if they are neither an `impl` nor a trait.
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
            errors.at(item.without_body(), EXPECTED);
            return Err(tokens);
        };
        let members = members::split(&item.body, errors);
        // The compiler parses an item before it expands its attribute, and has reported the error.
        let Ok(header) = header else {
            return Err(rebuilt(&item, &members));
        };
        let before = errors.count();
        let args = args::read(args, errors);
        let has_sound_args = errors.count() == before;
        let conditions = conditions(&attributes::of_item(&item.header), None);
        let has_unread_tasks = members.iter().any(|member| matches!(member, Member::Unread(_)));
        Ok(Self { args, has_sound_args, item, header, conditions, members, has_unread_tasks })
    }

    /// Whether tasks outside the impl can join; a generic manager cannot be open.
    pub(crate) fn is_open(&self) -> bool {
        let is_generic = match &self.header {
            Header::Impl(item) => !item.generics.params.is_empty(),
            Header::Trait(_) => true,
        };
        self.args.open.get().is_some() && !is_generic
    }

    /// Returns the methods that are tasks, callable or not.
    pub(crate) fn tasks(&self) -> Vec<&Task> {
        let mut tasks = Vec::new();
        for member in &self.members {
            if let Member::Task(member) = member {
                tasks.push(&member.task);
            }
        }
        tasks
    }

    /// Returns the name under which the tasks are listed; `None` if the type has none.
    pub(crate) fn name(&self) -> Option<String> {
        let named = self.args.name.value().cloned();
        named.or_else(|| match &self.header {
            Header::Impl(item) => type_name(&item.self_ty),
            Header::Trait(item) => Some(item.ident.unraw().to_string()),
        })
    }

    /// Returns the user's item without the attributes of the tasks, and without members that the compiler has refused
    /// already, because it would report them again.
    pub(crate) fn item(&self) -> TokenStream {
        let is_read = |member: &&Member| !matches!(member, Member::Unread(_));
        rebuilt(&self.item, self.members.iter().filter(is_read))
    }
}

fn rebuilt<'m>(item: &Item, members: impl IntoIterator<Item = &'m Member>) -> TokenStream {
    let mut content = TokenStream::new();
    content.append_all(members);
    Rebuilt { header: &item.header, body: &item.body, content }.into_token_stream()
}

const EXPECTED: &str = "`#[periodic_manager]` goes on an `impl` block of the manager's type, or on a trait";

/// Returns the last word of a type's path.
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
            Self::Verbatim(member) | Self::Unread(member) => tokens.extend(member.clone()),
            Self::Task(member) => {
                tokens.extend(member.attributes.clone());
                tokens.extend(member.signature.clone());
                tokens.append(member.body.clone());
            }
        }
    }
}

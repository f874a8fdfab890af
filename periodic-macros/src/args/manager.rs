use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Path, Type};

use super::list::Arguments;
use super::value::Word;
use super::{Field, Inherited, Once};

/// The arguments of `#[periodic_manager(..)]`.
#[derive(Default)]
pub(crate) struct ManagerArgs {
    pub(crate) context: Once<Type>,
    pub(crate) owner: Once<Type>,
    pub(crate) include: Once<Vec<Field>>,
    pub(crate) inherit: Once<Vec<Inherited>>,
    pub(crate) open: Once<Word>,
    pub(crate) name: Once<String>,
    pub(crate) periodic: Once<Path>,
}

impl Arguments for ManagerArgs {
    const ATTRIBUTE: &'static str = "periodic_manager";
    const EXAMPLE: &'static str = "include(driver)";
    const NAMES: &'static [&'static str] =
        &["context", "owner", "include", "inherit", "open", "name", "crate"];
    const SYNONYMS: &'static [(&'static str, &'static str)] =
        &[("ctx", "context"), ("extends", "inherit"), ("fields", "include")];

    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        Some(match key.to_string().as_str() {
            "context" => self.context.read(key, input),
            "owner" => self.owner.read(key, input),
            "include" => self.include.read(key, input),
            "inherit" => self.inherit.read(key, input),
            "open" => self.open.read(key, input),
            "name" => self.name.read(key, input),
            "crate" => self.periodic.read(key, input),
            _ => return None,
        })
    }
}

impl ManagerArgs {
    pub(crate) fn fields(&self) -> &[Field] {
        self.include.value().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn traits(&self) -> &[Inherited] {
        self.inherit.value().map_or(&[], Vec::as_slice)
    }
}

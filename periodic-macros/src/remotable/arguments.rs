use proc_macro2::Ident;
use syn::Path;
use syn::parse::ParseStream;

use crate::args::{Arguments, Once, Value};

/// The arguments of `#[remotable(..)]` on an `impl`.
#[derive(Default)]
pub(super) struct RemotableArgs {
    pub(super) home: Once<Ident>,
    pub(super) name: Once<String>,
    pub(super) periodic: Once<Path>,
}

impl Arguments for RemotableArgs {
    const ATTRIBUTE: &'static str = "remotable";
    const EXAMPLE: &'static str = "home = home";
    const NAMES: &'static [&'static str] = &["home", "name", "crate"];

    fn read(&mut self, key: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        Some(match key.to_string().as_str() {
            "home" => self.home.read(key, input),
            "name" => self.name.read(key, input),
            "crate" => self.periodic.read(key, input),
            _ => return None,
        })
    }
}

/// `home = field`.
impl Value for Ident {
    const FORM: &'static str = "= field";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse()
    }
}

//! A crate's modules: the names that each defines, imports, and mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, Item, Lit, UseTree};

/// A module, by its path inside the crate: empty for the root, else its segments.
pub(super) type ModulePath = Vec<String>;

#[derive(Default)]
pub(super) struct Module {
    /// Relative to `src`. An inline module has that of the file around it.
    pub file: String,
    pub children: BTreeSet<String>,
    pub items: BTreeSet<String>,
    pub imports: Vec<Import>,
    /// Each `a::b::c` in the module's own code.
    pub mentions: Vec<Vec<String>>,
}

pub(super) struct Import {
    /// The name in this module; `*` for a glob.
    pub name: String,
    pub path: Vec<String>,
    /// Whether others may import it from here.
    pub is_exported: bool,
}

/// Every module of the crate whose sources are in `src`, without those of its unit tests.
pub(super) fn modules(src: &Path) -> BTreeMap<ModulePath, Module> {
    let mut modules = BTreeMap::new();
    read(src, "lib.rs", Vec::new(), &mut modules);
    modules
}

fn read(src: &Path, file: &str, path: ModulePath, modules: &mut BTreeMap<ModulePath, Module>) {
    let text = fs::read_to_string(src.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    // Modules of `a/mod.rs` and of `lib.rs` lie beside it, those of `a.rs` in `a/`.
    let folder = match file.rsplit_once('/') {
        Some((folder, "mod.rs")) => format!("{folder}/"),
        None if file == "lib.rs" => String::new(),
        _ => format!("{}/", file.trim_end_matches(".rs")),
    };
    collect(src, file, &folder, path, parsed.items, modules);
}

fn collect(
    src: &Path,
    file: &str,
    folder: &str,
    path: ModulePath,
    items: Vec<Item>,
    modules: &mut BTreeMap<ModulePath, Module>,
) {
    let mut module = Module { file: file.into(), ..Module::default() };
    for item in items {
        if is_for_tests(attributes(&item)) {
            continue;
        }
        match item {
            Item::Mod(child) => {
                let name = child.ident.to_string();
                let child_path = [&path[..], std::slice::from_ref(&name)].concat();
                module.children.insert(name.clone());
                if let Some((_, items)) = child.content {
                    collect(src, file, folder, child_path, items, modules);
                } else if !modules.contains_key(&child_path) {
                    // The same module twice, once for a feature that is off: the first one is read.
                    let file = match written_path(&child.attrs) {
                        Some(beside) => format!("{folder}{beside}"),
                        None if src.join(format!("{folder}{name}.rs")).exists() => {
                            format!("{folder}{name}.rs")
                        }
                        None => format!("{folder}{name}/mod.rs"),
                    };
                    read(src, &file, child_path, modules);
                }
            }
            Item::Use(import) => {
                let is_exported = !matches!(import.vis, syn::Visibility::Inherited);
                flatten(import.tree, &mut Vec::new(), is_exported, &mut module.imports);
            }
            item => {
                module.items.extend(name(&item));
                mentions(item.into_token_stream(), &mut module.mentions);
            }
        }
    }
    modules.insert(path, module);
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        attribute.path().is_ident("cfg") && text.contains("test") && !text.contains("not (test")
    })
}

/// The text of `#[path = ".."]`.
fn written_path(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("path"))?;
    let Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) = &attribute.meta.require_name_value().ok()?.value
    else {
        return None;
    };
    Some(path.value())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn flatten(tree: UseTree, path: &mut Vec<String>, is_exported: bool, imports: &mut Vec<Import>) {
    let mut import = |name: String, path: Vec<String>| imports.push(Import { name, path, is_exported });
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            flatten(*inner.tree, path, is_exported, imports);
            path.pop();
        }
        UseTree::Group(group) => {
            for tree in group.items {
                flatten(tree, path, is_exported, imports);
            }
        }
        UseTree::Name(name) if name.ident == "self" => {
            import(path.last().cloned().unwrap_or_default(), path.clone());
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            import(name.clone(), [&path[..], &[name]].concat());
        }
        UseTree::Rename(rename) => {
            import(rename.rename.to_string(), [&path[..], &[rename.ident.to_string()]].concat());
        }
        UseTree::Glob(_) => import("*".into(), path.clone()),
    }
}

/// Adds every chain of names that `::` joins, those inside macros among them.
fn mentions(tokens: TokenStream, found: &mut Vec<Vec<String>>) {
    let mut chain: Vec<String> = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Ident(ident) => {
                if colons != 2 {
                    found.extend((chain.len() > 1).then(|| std::mem::take(&mut chain)));
                    chain.clear();
                }
                chain.push(ident.to_string());
                colons = 0;
            }
            other => {
                found.extend((chain.len() > 1).then(|| std::mem::take(&mut chain)));
                chain.clear();
                colons = 0;
                if let TokenTree::Group(group) = other {
                    mentions(group.stream(), found);
                }
            }
        }
    }
    found.extend((chain.len() > 1).then_some(chain));
}

use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::args::Once;

const PACKAGE: &str = "periodic-tasks";

/// Returns the path of `periodic`: the user's argument, or the name in the manifest.
pub(crate) fn periodic(given: &Once<syn::Path>) -> TokenStream {
    if let Some(path) = given.value() {
        return path.to_token_stream();
    }
    let name = renamed().unwrap_or_else(|| "periodic".to_owned());
    // A key that is no identifier cannot be a crate's name.
    let name: TokenStream = name.parse().unwrap_or_else(|_| quote!(periodic));
    quote!(::#name)
}

/// Returns the name of `periodic` in the compiled crate, if its manifest renames the package.
///
/// Only the manifest has this name: the compiler resolves nothing but `::periodic`. It is read again for each
/// attribute, because an editor's server expands for many crates, and its manifests may change meanwhile.
fn renamed() -> Option<String> {
    let folder = env::var_os("CARGO_MANIFEST_DIR")?;
    let folder = Path::new(&folder);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    renamed_in(&manifest, || {
        let manifests =
            folder.ancestors().filter_map(|folder| fs::read_to_string(folder.join("Cargo.toml")).ok());
        manifests.into_iter().find(|manifest| manifest.contains("[workspace"))
    })
}

/// Returns the name in a manifest. An inherited dependency is looked up in the workspace's manifest, which is read only
/// then.
///
/// A parser of TOML would add six crates to each default build, so this reads only the lines that declare a dependency.
/// A line of any other form counts as not renamed.
fn renamed_in(manifest: &str, workspace: impl FnOnce() -> Option<String>) -> Option<String> {
    let mut renamed = None;
    let mut inherited = Vec::new();
    for dependency in dependencies(manifest) {
        if dependency.key == PACKAGE {
            return None;
        } else if dependency.names_package() {
            renamed = Some(dependency.key);
        } else if dependency.value.replace(' ', "").contains("workspace=true") {
            inherited.push(dependency.key);
        }
    }
    if renamed.is_none() && !inherited.is_empty() {
        let workspace = workspace()?;
        let mut all = dependencies(&workspace);
        let found = all.find(|dependency| dependency.names_package() && inherited.contains(&dependency.key));
        return found.map(|dependency| dependency.key.replace('-', "_"));
    }
    renamed.map(|key| key.replace('-', "_"))
}

/// A line about a dependency: `key = value`, or a part of it.
struct Dependency<'m> {
    key: &'m str,
    value: String,
}

impl Dependency<'_> {
    fn names_package(&self) -> bool {
        self.value.replace([' ', '\''], "").replace('"', "").contains(&format!("package={PACKAGE}"))
    }
}

/// Reads `[dependencies]` with `key = ..` and `key.part = ..`, and `[dependencies.key]` with `part = ..`.
fn dependencies(manifest: &str) -> impl Iterator<Item = Dependency<'_>> {
    let mut table = "";
    manifest.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.split(']').next().unwrap_or_default();
            let key = key_of(table)?;
            return Some(Dependency { key, value: String::new() });
        }
        let (left, value) = line.split_once('=')?;
        let left = left.trim();
        if let Some(key) = key_of(table) {
            return Some(Dependency { key, value: format!("{left}={value}") });
        }
        if !table.ends_with("dependencies") {
            return None;
        }
        match left.split_once('.') {
            Some((key, part)) => Some(Dependency { key: bare(key), value: format!("{part}={value}") }),
            None => Some(Dependency { key: bare(left), value: value.to_owned() }),
        }
    })
}

/// Returns the key in `dependencies.key`, also after `workspace.` or `target.'cfg(unix)'.`.
fn key_of(table: &str) -> Option<&str> {
    let (before, key) = table.rsplit_once('.')?;
    before.ends_with("dependencies").then(|| bare(key))
}

fn bare(key: &str) -> &str {
    key.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(manifest: &str) -> Option<String> {
        renamed_in(manifest, || panic!("nothing is inherited"))
    }

    #[test]
    fn another_name_is_found_in_each_form() {
        for manifest in [
            "[dependencies]\nre-curring = { version = \"0.1\", package = \"periodic-tasks\" } # theirs",
            "[dependencies]\nserde = \"1\"\nre-curring.package = 'periodic-tasks'",
            "[dependencies.re-curring]\nversion = \"0.1\"\npackage=\"periodic-tasks\"",
            "[target.'cfg(unix)'.dev-dependencies]\n\"re-curring\" = { package=\"periodic-tasks\", path = \"..\" }",
        ] {
            assert_eq!(renamed(manifest).as_deref(), Some("re_curring"), "{manifest}");
        }
    }

    #[test]
    fn the_own_name_is_no_other_one() {
        for manifest in [
            "[dependencies]\nperiodic-tasks = \"0.1\"",
            "[dependencies]\nperiodic-tasks.workspace = true",
            "[dependencies.periodic-tasks]\nversion = \"0.1\"",
            "[dependencies]\nold = { package = \"periodic-tasks\", version = \"0\" }\n[dev-dependencies]\nperiodic-tasks = \"1\"",
            "[package]\nname = \"periodic-tasks\"\n[package.metadata]\nkey = { package = \"periodic-tasks\" }",
            "no manifest",
        ] {
            assert_eq!(renamed(manifest), None, "{manifest}");
        }
    }

    #[test]
    fn an_inherited_name_is_the_workspaces() {
        let workspace =
            "[workspace.dependencies]\nrecurring = { package = \"periodic-tasks\", version = \"0.1\" }";
        let renamed = |member: &str| renamed_in(member, || Some(workspace.to_owned()));
        assert_eq!(renamed("[dependencies]\nrecurring.workspace = true").as_deref(), Some("recurring"));
        assert_eq!(
            renamed("[dependencies]\nrecurring = { workspace = true, features = [] }").as_deref(),
            Some("recurring")
        );
        assert_eq!(renamed("[dependencies]\nother.workspace = true"), None);
    }
}

//! Which file imports from which.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Module, ModulePath};

/// As many re-exports are followed before a name is given up.
const HOPS: usize = 16;

/// An import: the file that imports, the file that defines, and one of the names.
pub(super) type Arrows = BTreeMap<(String, String), String>;

/// The arrows between the files of a crate.
///
/// A name that is imported by way of a re-export leads to the file that defines it. The re-exports themselves, by
/// which a `mod.rs` lists its children, are none.
pub(super) fn arrows(modules: &BTreeMap<ModulePath, Module>) -> Arrows {
    let mut arrows = Arrows::new();
    for (path, module) in modules {
        let imported = module.imports.iter().map(|import| (&import.path, import.is_exported));
        let mentioned = module.mentions.iter().map(|path| (path, false));
        for (target, is_exported) in imported.chain(mentioned) {
            let Some(found) = defined(modules, path, target, HOPS) else { continue };
            let is_listed = is_exported && found.module.starts_with(path);
            let file = &modules[&found.module].file;
            // The other paths that begin with a folder show the used items.
            let is_folder = found.is_whole && file.ends_with("mod.rs");
            if *file != module.file && !is_listed && !is_folder {
                let name = target.last().cloned().unwrap_or_default();
                arrows.entry((module.file.clone(), file.clone())).or_insert(name);
            }
        }
    }
    arrows
}

struct Found {
    module: ModulePath,
    /// Whether the module itself is meant, not an item of it.
    is_whole: bool,
}

/// The module that defines the last name of `path`, as the module `from` reads it, if this crate has it.
fn defined(
    modules: &BTreeMap<ModulePath, Module>,
    from: &[String],
    path: &[String],
    hops: usize,
) -> Option<Found> {
    let hops = hops.checked_sub(1)?;
    let mut at = from.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => at.clear(),
        "self" => {}
        "super" => drop(at.pop()),
        first => {
            let module = &modules[from];
            let imported = module.imports.iter().any(|import| import.name == first && import.path != path);
            if !module.children.contains(first) && !imported {
                return None;
            }
            return inside(modules, at, rest, hops);
        }
    }
    rest = &rest[1..];
    while rest.first().is_some_and(|segment| segment == "super") {
        at.pop();
        rest = &rest[1..];
    }
    inside(modules, at, rest, hops)
}

fn inside(
    modules: &BTreeMap<ModulePath, Module>,
    mut at: ModulePath,
    mut rest: &[String],
    hops: usize,
) -> Option<Found> {
    while let Some(segment) = rest.first() {
        let module = modules.get(&at)?;
        if module.items.contains(segment) {
            return Some(Found { module: at, is_whole: false });
        }
        if module.children.contains(segment) {
            at.push(segment.clone());
            rest = &rest[1..];
            continue;
        }
        let named = module.imports.iter().filter(|import| import.name == *segment);
        let globs = module.imports.iter().filter(|import| import.name == "*");
        let named = named.map(|import| [&import.path[..], &rest[1..]].concat());
        let globs = globs.map(|import| [&import.path[..], rest].concat());
        return named.chain(globs).find_map(|path| defined(modules, &at, &path, hops));
    }
    Some(Found { module: at, is_whole: true })
}

/// Sets of files each of which reaches all others of its set, sorted.
pub(super) fn circles(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let files: BTreeSet<&String> = arrows.keys().flat_map(|(from, to)| [from, to]).collect();
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        files.iter().map(|file| (*file, reached(arrows, file))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for file in &files {
        let with = reach[file].iter().filter(|other| reach[**other].contains(file));
        let circle: BTreeSet<String> = with.map(|other| (*other).clone()).collect();
        if circle.len() > 1 && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

fn reached<'a>(arrows: &'a Arrows, from: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(file) = waiting.pop() {
        for (_, to) in arrows.keys().filter(|(from, _)| from == file) {
            if reached.insert(to) {
                waiting.push(to);
            }
        }
    }
    reached
}

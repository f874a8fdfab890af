//! Imports between files go one way: no circle, and no arrow from a lower layer to a higher one.
//!
//! `tests/layers.toml` says for each crate which crates it may import, in which order its folders and files lie, and
//! which circles are still there.

mod arrows;
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use self::arrows::{Arrows, arrows, circles};

#[test]
fn imports_between_files_go_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("tests/layers.toml")).unwrap();
    let rules = DeTable::parse(&text).unwrap().into_inner();
    let mut broken = Vec::new();
    for (krate, rules) in &rules {
        let krate: &str = krate.get_ref();
        let rules = rules.get_ref().as_table().unwrap();
        let folder = root.join(krate);
        broken.extend(wrong_crates(krate, &folder, &texts(rules, "crates")));
        let modules = source::modules(&folder.join("src"));
        let arrows = arrows(&modules);
        assert!(arrows.len() > 2, "{krate}: only {} imports were found", arrows.len());
        broken.extend(upward(krate, &arrows, &texts(rules, "order")));
        broken.extend(circular(krate, &arrows, rules));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

fn texts(rules: &DeTable<'_>, key: &str) -> Vec<String> {
    let list = rules.get(key).map_or(&[][..], |list| list.get_ref().as_array().unwrap());
    list.iter().map(|text| text.get_ref().as_str().unwrap().to_owned()).collect()
}

/// Crates of this workspace that a crate depends on, though it may not.
fn wrong_crates(krate: &str, folder: &Path, allowed: &[String]) -> Vec<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let manifest = DeTable::parse(&manifest).unwrap().into_inner();
    let found = manifest.get("dependencies").and_then(|table| table.get_ref().as_table());
    let names = found.into_iter().flat_map(|table| table.keys().map(|name| name.get_ref().to_string()));
    let ours = names.filter(|name| name.starts_with("periodic-") && !allowed.contains(name));
    ours.map(|name| format!("{krate} depends on {name}, which tests/layers.toml does not allow")).collect()
}

/// Imports of a file from a layer above its own.
fn upward(krate: &str, arrows: &Arrows, order: &[String]) -> Vec<String> {
    // A layer is a folder or a file; the longest that fits counts, so a folder's own order stands beside it.
    let layer = |file: &str| {
        let fits = |layer: &&String| file == format!("{layer}.rs") || file.starts_with(&format!("{layer}/"));
        order.iter().filter(fits).max_by_key(|layer| layer.len())
    };
    let place = |layer: &String| order.iter().position(|other| other == layer);
    let mut broken = Vec::new();
    for ((from, to), name) in arrows {
        let (Some(low), Some(high)) = (layer(from), layer(to)) else { continue };
        if place(low) < place(high) {
            broken.push(format!("{krate}: {from} imports {to} ({name}): {low} is below {high}"));
        }
    }
    broken
}

/// Circles that are not allowed, and those that are allowed and gone.
fn circular(krate: &str, arrows: &Arrows, rules: &DeTable<'_>) -> Vec<String> {
    let listed = rules.get("circles").map_or(&[][..], |list| list.get_ref().as_array().unwrap());
    let circle = |list: &DeValue<'_>| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|file| file.get_ref().as_str().unwrap().to_owned()).collect()
    };
    let mut allowed: Vec<BTreeSet<String>> = listed.iter().map(|list| circle(list.get_ref())).collect();
    let mut broken = Vec::new();
    for circle in circles(arrows) {
        match allowed.iter().position(|other| *other == circle) {
            Some(place) => drop(allowed.swap_remove(place)),
            None => {
                broken
                    .push(format!("{krate}: these files import each other: {}", described(arrows, &circle)));
            }
        }
    }
    broken.extend(allowed.iter().map(|gone| format!("{krate}: this circle is gone, take it out: {gone:?}")));
    broken
}

fn described(arrows: &Arrows, circle: &BTreeSet<String>) -> String {
    let inside = arrows.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
    let lines: Vec<String> =
        inside.map(|((from, to), name)| format!("\n    {from} -> {to} ({name})")).collect();
    format!("{circle:?}{}", lines.concat())
}

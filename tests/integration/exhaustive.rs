//! Public types can grow: enums, and structs with public fields, are `#[non_exhaustive]`, but for those that users make
//! or match in full. It reads the lists of `docs/api`, which `.ci/api` compares with the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The types that users make or match in full. Each says why.
const EXEMPT: [&str; 11] = [
    "Call",
    "Declaration",
    "Dst",
    "Ended",
    "Given",
    "Next",
    "Now",
    "Process",
    "RaiseOnError",
    "Slot",
    "Window",
];

#[test]
fn types_that_only_the_library_makes_can_grow() {
    let mut found = BTreeSet::new();
    for name in ["core", "runtime", "cluster"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api").join(name).with_extension("txt");
        let text = fs::read_to_string(file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines {
            let path = line.strip_prefix("pub enum ").or_else(|| line.strip_prefix("pub struct "));
            let Some(path) = path.and_then(|rest| rest.split(['<', '(', ' ']).next()) else { continue };
            // A line of a field or a variant, and not of a function.
            let part = format!("pub {path}::");
            let is_part = |other: &&str| other.replace("<T>", "").replace("<'a>", "").starts_with(&part);
            if lines.iter().any(is_part) {
                found.insert(path.rsplit("::").next().unwrap().to_owned());
            }
        }
    }
    assert_eq!(Vec::from_iter(found), EXEMPT);
}

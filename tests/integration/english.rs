//! Wordings that CONTRIBUTING.md rules out, in every source, text and document of the project.

use std::fs;
use std::path::{Path, PathBuf};

/// Never, in code as in texts.
const NEVER: [&str; 8] =
    ["so many", "so long", "so much", "nobody", "somebody", "anybody", "whoever", "come to terms"];
/// Not in a comment or a paragraph, where it begins a clause that is a subject or an object.
const WHAT: &str = "what";

/// The rules themselves, this list, and names and vectors of others.
const EXEMPT: [&str; 5] = [
    "CONTRIBUTING.md",
    "tests/integration/english.rs",
    "tests/integration/conformance",
    "tests/servers",
    "docs/api",
];
const FOLDERS: [&str; 12] = [
    "src",
    "benches",
    "docs",
    "examples",
    "tests",
    "periodic-text",
    "periodic-cron",
    "periodic-core",
    "periodic-macros",
    "periodic-runtime",
    "periodic-cluster",
    ".ci",
];
const DOCUMENTS: [&str; 5] = ["README.md", "ARCHITECTURE.md", "DESIGN.md", "CHANGELOG.md", "Cargo.toml"];

#[test]
fn no_text_has_a_wording_that_is_ruled_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = DOCUMENTS.iter().map(|name| root.join(name)).collect();
    for folder in FOLDERS {
        collect(root, &root.join(folder), &mut files);
    }
    assert!(files.len() > 1_000, "only {} files were found", files.len());
    let mut broken = Vec::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let shown = file.strip_prefix(root).unwrap().display();
        for (index, line) in text.lines().enumerate() {
            broken.extend(ruled_out(&file, line).map(|word| format!("{shown}:{}: `{word}`", index + 1)));
        }
    }
    assert!(
        broken.is_empty(),
        "\n{}\nwrite as the rules of English in CONTRIBUTING.md ask\n",
        broken.join("\n")
    );
}

#[test]
fn a_wording_that_is_ruled_out_is_found() {
    let found = |name: &str, line: &str| ruled_out(Path::new(name), line);
    assert_eq!(found("a.rs", r#"    Err("the lock is held by Nobody")"#), Some("nobody"));
    assert_eq!(found("a.rs", "/// Waits so long."), Some("so long"));
    assert_eq!(found("a.rs", "    //! What the rows bring forth."), Some("what"));
    assert_eq!(found("a.md", "Covers what passed since."), Some("what"));
    for (name, line) in [
        ("a.rs", "    let what = nobody_asks(also_many);"),
        ("a.rs", "/// Returns the error `what`, somewhat late."),
        ("a.md", "| what does a reload change? | `control` |"),
        ("a.md", "    let what = 1;"),
    ] {
        assert_eq!(found(name, line), None, "{line}");
    }
}

/// The files below a folder that are texts of the project.
fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap();
        if EXEMPT.iter().any(|exempt| name.starts_with(exempt)) || path.ends_with("target") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else if matches!(extension(&path), "rs" | "md" | "stderr" | "txt" | "toml" | "sh") {
            files.push(path);
        }
    }
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(|extension| extension.to_str()).unwrap_or("")
}

fn ruled_out(file: &Path, line: &str) -> Option<&'static str> {
    let lower = line.to_ascii_lowercase();
    if let Some(never) = NEVER.into_iter().find(|never| has_words(&lower, never)) {
        return Some(never);
    }
    let is_prose = match extension(file) {
        "rs" => lower.trim_start().starts_with("//"),
        // A row of ARCHITECTURE.md may be a question.
        "md" => !lower.starts_with("    ") && !lower.contains('?'),
        _ => false,
    };
    (is_prose && has_words(&without_code(&lower), WHAT)).then_some(WHAT)
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// Whether the words stand in the line by themselves, not inside of longer words or names.
fn has_words(line: &str, words: &str) -> bool {
    let is_part =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    line.match_indices(words).any(|(at, _)| {
        !is_part(line[..at].chars().next_back()) && !is_part(line[at + words.len()..].chars().next())
    })
}

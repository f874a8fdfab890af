//! One build of a copy of the code, in which each mutant has a switch.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::Options;
use crate::listed::Mutant;
use crate::rewrite::{Rewritten, rewrite};
use crate::sites::Sites;

pub struct Built {
    pub mutants: Vec<Mutant>,
    /// The number of mutants that the compiler refuses.
    pub refused: usize,
    /// The number of mutants without a switch: in constants, and in chains with a `let`.
    pub without_site: usize,
    pub binaries: Vec<Binary>,
}

#[derive(Clone, Debug)]
pub struct Binary {
    pub name: String,
    pub path: PathBuf,
    /// The directory of its package, where cargo would run it.
    pub directory: PathBuf,
}

/// The switch, in the crate on which all others depend.
const SWITCH: &str = include_str!("switch.rs.txt");
const ROOT: &str = "periodic-text";

/// The compiler for the crates of the copy alone: the switch uses unstable features, and violates lints.
const WRAPPER: &str = "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec \"$@\" --cap-lints=warn\n";

/// A message of cargo: a compiled file, or an error.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    spans: Vec<DiagnosticSpan>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct DiagnosticSpan {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
}

pub fn build(options: &Options, drawn: &[Mutant]) -> Result<Built, Box<dyn Error>> {
    let tree = options.directory.join("tree");
    let mut files: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in drawn {
        files.entry(&mutant.file).or_default().push(mutant);
    }
    copy(&tree, &files)?;
    // The refused mutants of an earlier call, so that an up-to-date build does not change.
    let known = options.directory.join("refused.json");
    let mut refused: BTreeSet<u32> =
        fs::read(&known).ok().and_then(|known| serde_json::from_slice(&known).ok()).unwrap_or_default();
    let mut without_site = 0;
    let mut rewritten: BTreeMap<&str, Rewritten> = BTreeMap::new();
    for (file, mutants) in &files {
        let new = put_in(&tree, file, mutants, &refused)?;
        let refused = mutants.iter().filter(|mutant| refused.contains(&mutant.id)).count();
        without_site += mutants.len() - refused - new.mutants.len();
        rewritten.insert(file, new);
    }
    loop {
        let (binaries, errors) = compile(options, &tree)?;
        if errors.is_empty() {
            let inside: BTreeSet<u32> =
                rewritten.values().flat_map(|file| &file.mutants).map(|(id, _)| *id).collect();
            let mutants = drawn.iter().filter(|mutant| inside.contains(&mutant.id)).cloned().collect();
            return Ok(Built { mutants, refused: refused.len(), without_site, binaries });
        }
        let before = refused.len();
        for error in &errors {
            refused.extend(at_fault(error, &rewritten));
        }
        if refused.len() == before {
            let said = errors.iter().filter_map(|error| error.rendered.as_deref()).collect::<String>();
            return Err(format!("the copy does not compile, by no mutant's fault:\n{said}").into());
        }
        eprintln!("{} mutants are refused by the compiler", refused.len());
        fs::write(&known, serde_json::to_vec(&refused)?)?;
        for (file, mutants) in &files {
            if rewritten[file].mutants.iter().any(|(id, _)| refused.contains(id)) {
                rewritten.insert(file, put_in(&tree, file, mutants, &refused)?);
            }
        }
    }
}

/// Copies the files that git lists or would add, except those with mutants, and adds the switch.
fn copy(tree: &Path, changed: &BTreeMap<&str, Vec<&Mutant>>) -> Result<(), Box<dyn Error>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()?;
    for file in String::from_utf8(listed.stdout)?.split_terminator('\0') {
        if changed.contains_key(file) {
            continue;
        }
        // Git still lists a removed file.
        if let Ok(mut content) = fs::read_to_string(file) {
            if file == format!("{ROOT}/src/lib.rs") {
                content = with_switch(&content);
            }
            write(&tree.join(file), &content)?;
        } else if Path::new(file).exists() {
            let to = tree.join(file);
            fs::create_dir_all(to.parent().ok_or("found a file without a directory")?)?;
            fs::copy(file, to)?;
        }
    }
    write(&tree.join("rustc"), WRAPPER)?;
    Command::new("chmod").arg("+x").arg(tree.join("rustc")).status()?;
    Ok(())
}

/// Adds the switch: inner attributes before all code, and the module at the end.
fn with_switch(content: &str) -> String {
    let at = content.find("#![").unwrap_or(0);
    format!(
        "{}#![feature(core_intrinsics, const_eval_select)]\n#![allow(internal_features)]\n{}\n{SWITCH}",
        &content[..at],
        &content[at..]
    )
}

fn put_in(
    tree: &Path,
    file: &str,
    mutants: &[&Mutant],
    refused: &BTreeSet<u32>,
) -> Result<Rewritten, Box<dyn Error>> {
    let source = fs::read_to_string(file)?;
    let sites = Sites::of(&syn::parse_file(&source).map_err(|error| format!("{file}: {error}"))?);
    let mutants: Vec<_> = mutants.iter().filter(|mutant| !refused.contains(&mutant.id)).copied().collect();
    let of_root = file.starts_with(&format!("{ROOT}/"));
    let switch = if of_root { "crate::switch" } else { "::periodic_text::switch" };
    let rewritten = rewrite(&source, &sites, &mutants, switch);
    let is_top = file == format!("{ROOT}/src/lib.rs");
    let text = if is_top { with_switch(&rewritten.text) } else { rewritten.text.clone() };
    write(&tree.join(file), &text)?;
    Ok(rewritten)
}

/// Writes a file, unless it has this content already: cargo compares the times of changes.
fn write(path: &Path, content: &str) -> Result<(), Box<dyn Error>> {
    if fs::read_to_string(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or("found a file without a directory")?)?;
    Ok(fs::write(path, content)?)
}

fn compile(options: &Options, tree: &Path) -> Result<(Vec<Binary>, Vec<Diagnostic>), Box<dyn Error>> {
    let tree = tree.canonicalize()?;
    let mut command = Command::new("cargo");
    command.current_dir(&tree).args(["test", "--no-run", "--message-format=json"]);
    command.args(&options.cargo).env("RUSTC_WORKSPACE_WRAPPER", tree.join("rustc"));
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        command.env("CARGO_TARGET_DIR", options.directory.canonicalize()?.join("build"));
    }
    let output = command.output()?;
    let (mut binaries, mut errors) = (Vec::new(), Vec::new());
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{")) {
        let message: Message = serde_json::from_slice(line)?;
        if let Some(said) = message.message
            && said.level == "error"
            && !said.spans.is_empty()
        {
            errors.push(said);
        }
        if let (true, Some(path), Some(target), Some(manifest)) = (
            message.profile.is_some_and(|profile| profile.test),
            message.executable,
            message.target,
            message.manifest_path,
        ) {
            let directory = manifest.parent().ok_or("found a manifest without a directory")?.to_owned();
            binaries.push(Binary {
                name: format!("{} {}", target.name, target.kind.join(" ")),
                path,
                directory,
            });
        }
    }
    if errors.is_empty() && !output.status.success() {
        return Err(format!("cargo failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok((binaries, errors))
}

/// Returns the mutants whose text has the error; otherwise those that the error shows, as it does the arms of a `match`
/// that is not exhaustive; otherwise the nearest ones before it in the file.
fn at_fault(error: &Diagnostic, rewritten: &BTreeMap<&str, Rewritten>) -> Vec<u32> {
    let mut nearest = Vec::new();
    for span in &error.spans {
        let Some(file) = rewritten.get(span.file_name.as_str()) else { continue };
        let inside = file
            .mutants
            .iter()
            .filter(|(_, range)| range.start <= span.byte_start && span.byte_end <= range.end);
        let inside: Vec<u32> = inside.map(|(id, _)| *id).collect();
        if !inside.is_empty() {
            return inside;
        }
        nearest
            .extend(file.mutants.iter().rfind(|(_, range)| range.start <= span.byte_end).map(|(id, _)| *id));
    }
    let shown = shown(error.rendered.as_deref().unwrap_or_default());
    if shown.is_empty() { nearest } else { shown }
}

/// Returns the mutants whose switches a text shows.
fn shown(text: &str) -> Vec<u32> {
    let after = text.split("switch::on(").skip(1);
    after.filter_map(|rest| rest.split(')').next()?.parse().ok()).collect()
}

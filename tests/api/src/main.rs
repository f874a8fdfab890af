//! Prints the public items of a crate, a line for each, from the JSON of rustdoc.
//!
//! Hidden items are not in this JSON. Derived, automatic and blanket impls are left out.

mod foreign;

use std::error::Error;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use public_api::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).map(PathBuf::from);
    let file = file.ok_or("no file was named: name one that rustdoc wrote, as `.ci/api` does")?;
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let api = Builder::from_rustdoc_json(&file)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()?;
    let mut output = BufWriter::new(io::stdout().lock());
    for item in api.items() {
        writeln!(output, "{}", foreign::shortened(&item.to_string(), &name))?;
    }
    Ok(output.flush()?)
}

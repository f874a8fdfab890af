//! `oslo.service` and `futurist`, from the Python package index in a virtual environment, if there is a Python.

use std::path::PathBuf;
use std::process::Command;

use crate::child::{output, package};
use crate::finding::Unit;

/// Returns their costs as Markdown, or the reason why they are unknown.
pub fn measured() -> String {
    told().unwrap_or_else(|error| format!("Not measured: {error}.\n"))
}

fn told() -> Result<String, String> {
    let python = environment()?;
    let mut text =
        String::from("| | tick, nothing due, 10 k tasks | one run, all of 1 k due |\n| --- | --: | --: |\n");
    for (name, script) in [("oslo.service", "oslo_service_peer.py"), ("futurist", "futurist_peer.py")] {
        let mut command = Command::new("timeout");
        command.arg("120").arg(&python).arg(package().join("peers/python").join(script));
        let said = output(&mut command)?;
        let figure = |key| {
            let nanos =
                crate::child::number(&said, key).ok_or_else(|| format!("{script} printed no `{key}`"));
            nanos.map(|nanos| Unit::Nanos.written(nanos))
        };
        text += &format!("| {name} | {} | {} |\n", figure("idle")?, figure("run")?);
    }
    Ok(text)
}

/// Returns the environment's Python. The environment is created once, beside cargo's build output.
fn environment() -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let place = program.parent().ok_or("this program has no folder")?.join("periodic-bench-python");
    let python = place.join("bin/python");
    if !python.exists() {
        output(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
    }
    let mut pip = Command::new("timeout");
    pip.arg("120").arg(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    output(pip.args(["oslo.service", "futurist"]))?;
    Ok(python)
}

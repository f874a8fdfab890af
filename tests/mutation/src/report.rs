//! The outcomes as a table, and the mutants that no test notices.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;

use crate::Options;
use crate::build::Built;
use crate::listed::{Listed, Mutant};
use crate::reach::Reach;
use crate::trial::Outcome;

#[derive(Default)]
struct Row {
    listed: usize,
    of: BTreeMap<u8, usize>,
}

impl Row {
    fn count(&self, outcome: Outcome) -> usize {
        self.of.get(&(outcome as u8)).copied().unwrap_or(0)
    }

    fn cells(&self) -> String {
        let [caught, late, missed, not] =
            [Outcome::Caught, Outcome::TimedOut, Outcome::Missed, Outcome::NotReached]
                .map(|outcome| self.count(outcome));
        let run = caught + late + missed + not;
        let noticed = (100 * (caught + late)).checked_div(run);
        let score = noticed.map_or("–".to_owned(), |share| format!("{share} %"));
        format!("{} | {run} | {caught} | {late} | {missed} | {not} | {score} |", self.listed)
    }
}

pub fn write(
    options: &Options,
    listed: &Listed,
    built: &Built,
    reach: &Reach,
    outcomes: &BTreeMap<u32, Outcome>,
) -> Result<(), Box<dyn Error>> {
    let (mut rows, mut all): (BTreeMap<String, Row>, Row) = Default::default();
    for area in &listed.areas {
        rows.entry(area.clone()).or_default().listed += 1;
        all.listed += 1;
    }
    let mut unnoticed: Vec<(&Mutant, Outcome)> = Vec::new();
    for mutant in &built.mutants {
        let Some(outcome) = outcomes.get(&mutant.id) else { continue };
        for row in [rows.entry(mutant.area()).or_default(), &mut all] {
            *row.of.entry(*outcome as u8).or_default() += 1;
        }
        if matches!(outcome, Outcome::Missed | Outcome::NotReached) {
            unnoticed.push((mutant, *outcome));
        }
    }
    let mut text = format!(
        "{} of {} mutants drawn by seed {}; {} have no place for a switch, {} do not compile, {} were tried. \
         {} tests; left out, because they fail or take long alone: {:?}.\n\n\
         | area | listed | tried | caught | timed out | missed | not reached | noticed |\n|---|---|---|---|---|---|---|---|\n",
        listed.drawn.len(),
        listed.all,
        options.seed,
        built.without_site,
        built.refused,
        outcomes.len(),
        reach.tests.len(),
        reach.left_out,
    );
    for (area, row) in &rows {
        writeln!(text, "| {area} | {}", row.cells())?;
    }
    writeln!(text, "| all | {}\n", all.cells())?;
    for (mutant, outcome) in unnoticed {
        writeln!(text, "- {outcome:?}: {}", mutant.name)?;
    }
    let path = options.directory.join("report.md");
    fs::write(&path, text)?;
    eprintln!("the report is in {}", path.display());
    Ok(())
}

//! Goal N, from the programs that print these times.

use super::Effort;
use crate::child::{cargo, output, run_apart};
use crate::finding::Finding;
use crate::rounds::Spread;

/// Returns the findings of goal N.
pub fn findings(effort: Effort) -> Vec<Finding> {
    [slots(), vec![year(effort)]].concat()
}

fn slots() -> Vec<Finding> {
    let bench = "bench --quiet -p periodic-core --features cron --bench calendar";
    let found = match output(cargo().args(bench.split(' '))) {
        Ok(said) => nexts(&said),
        Err(error) => Err(error),
    };
    match found {
        Ok(mut nexts) => {
            nexts.sort_by(f64::total_cmp);
            let [median, worst] = [nexts[nexts.len() / 2], nexts[nexts.len() - 1]];
            vec![
                Finding::alone("cron_median", Spread::exact(median)),
                Finding::alone("cron_worst", Spread::exact(worst)),
            ]
        }
        Err(error) => ["cron_median", "cron_worst"].map(|key| Finding::not_measured(key, &error)).into(),
    }
}

/// Returns the nanoseconds of lines such as `   74 ns next,    62 ns before: * * * * * * in UTC`.
fn nexts(said: &str) -> Result<Vec<f64>, String> {
    let nexts: Vec<_> =
        said.lines().filter_map(|line| line.split_once(" ns next,")?.0.trim().parse().ok()).collect();
    if nexts.is_empty() { Err("the benchmark printed no figures".into()) } else { Ok(nexts) }
}

fn year(effort: Effort) -> Finding {
    match output(run_apart("periodic-bench-year").arg(effort.rounds.to_string())) {
        Err(error) => Finding::not_measured("year", error),
        Ok(said) => {
            let seconds = said.split_whitespace().filter_map(|word| word.parse().ok());
            Finding::alone("year", Spread::of(seconds.collect()))
                .note("each slot is decided, queued and recorded")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_from_the_lines() {
        let said = "   74 ns next,    62 ns before: * * * * * * in UTC\n 1124 ns next,  980 ns before: L\n5 ns refused";
        assert_eq!(nexts(said), Ok(vec![74.0, 1124.0]));
    }
}

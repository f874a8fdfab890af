//! The ratios as a picture: one bar for each comparison, on a logarithmic axis, with its goal as a mark.

use std::fmt::Write as _;

use crate::finding::Finding;
use crate::goals::{Goal, Target};
use crate::table::Row;

/// The right end of the measurements' names, the left end of the peers' names, and the left end of the axis.
const WHAT: f64 = 400.0;
const PEER: f64 = 412.0;
const LEFT: f64 = 600.0;
const WIDTH: f64 = 440.0;
const TOP: f64 = 64.0;
const ROW: f64 = 26.0;

const STYLE: &str = "text{font:12px system-ui,sans-serif;fill:#24292f}.t{font-size:15px;font-weight:600}\
.s{fill:#656d76}.g{stroke:#d0d7de}.one{stroke:#656d76}.yes{fill:#2da44e}.no{fill:#e16f24}\
.m{stroke:#24292f;stroke-width:2.5}.bg{fill:#fff}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#8d96a0}.g{stroke:#30363d}.m{stroke:#e6edf3}.bg{fill:#0d1117}}";

/// The goals that users feel; the others compare parts of this project with a floor.
const SHOWN: &str = "ABCDIJKL";

/// Returns the comparisons that users feel, as SVG.
pub fn svg(rows: &[Row], measured: &str) -> String {
    let bars: Vec<_> = rows.iter().filter_map(|(goal, finding)| bar(goal, finding)).collect();
    let (from, to) = decades(&bars);
    let x = |ratio: f64| LEFT + WIDTH * (ratio.log10() - from) / (to - from);
    let bottom = TOP + ROW * bars.len() as f64;
    let (width, height) = (LEFT + WIDTH + 90.0, bottom + 56.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"How many times less than its peers this project costs\">\n<style>{STYLE}</style>\n\
         <rect class=\"bg\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"t\" x=\"16\" y=\"28\">How many times less this project costs than its peers</text>\n\
         <text class=\"s\" x=\"16\" y=\"47\">{}</text>\n",
        escaped(measured.split(", profile").next().unwrap_or_default())
    );
    let mut decade = from;
    while decade <= to {
        let (at, class) = (x(10_f64.powf(decade)), if decade == 0.0 { "one" } else { "g" });
        let _ = writeln!(
            svg,
            "<line class=\"{class}\" x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{bottom}\"/>"
        );
        let label = written(10_f64.powf(decade));
        let _ = writeln!(
            svg,
            "<text class=\"s\" x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{label}</text>",
            bottom + 18.0
        );
        decade += 1.0;
    }
    for (row, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let (one, end, goal) = (x(1.0), x(bar.ratio), x(bar.goal));
        let class = if bar.ratio >= bar.goal { "yes" } else { "no" };
        let _ = writeln!(
            svg,
            "<text x=\"{WHAT}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n\
             <text class=\"s\" x=\"{PEER}\" y=\"{:.1}\">{}</text>\n\
             <rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"14\" rx=\"3\"/>\n\
             <line class=\"m\" x1=\"{goal:.1}\" y1=\"{:.1}\" x2=\"{goal:.1}\" y2=\"{:.1}\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            y + 17.0,
            escaped(bar.what),
            y + 17.0,
            escaped(bar.peer),
            one.min(end),
            y + 6.0,
            (end - one).abs().max(1.5),
            y + 3.0,
            y + 23.0,
            one.max(end).max(goal) + 7.0,
            y + 17.0,
            written(bar.ratio),
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"s\" x=\"16\" y=\"{:.0}\">The upright mark is the goal: green bars reach it, orange ones \
         miss it.</text>\n</svg>",
        bottom + 42.0
    );
    svg
}

struct Bar {
    what: &'static str,
    peer: &'static str,
    ratio: f64,
    goal: f64,
}

fn bar(goal: &Goal, finding: &Finding) -> Option<Bar> {
    if !SHOWN.contains(goal.letter) {
        return None;
    }
    let least = match goal.target {
        Target::AtMostTimes(times, _) => 1.0 / times,
        _ => return None,
    };
    let ratio = finding.ratio().map(f64::recip).filter(|ratio| ratio.is_finite() && *ratio > 0.0)?;
    Some(Bar { what: goal.what, peer: finding.peer?.0, ratio, goal: least })
}

/// Returns the whole powers of ten between which all bars and goals lie.
fn decades(bars: &[Bar]) -> (f64, f64) {
    let ends = || bars.iter().flat_map(|bar| [bar.ratio.log10(), bar.goal.log10()]);
    (ends().fold(-1.0, f64::min).floor(), ends().fold(1.0, f64::max).ceil())
}

fn written(ratio: f64) -> String {
    match ratio {
        small if small < 9.95 => format!("{} ×", (small * 100.0).round() / 100.0),
        large if large >= 1e6 => format!("{:.0} M ×", large / 1e6),
        large if large >= 1e4 => format!("{:.0} k ×", large / 1e3),
        other => format!("{other:.0} ×"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::GOALS;
    use crate::rounds::Spread;
    use crate::table::rows;

    #[test]
    fn bars_reach_as_far_as_their_ratio_and_only_comparisons_have_one() {
        let beside = |key, ours| Finding::beside(key, Spread::exact(ours), "peer", Spread::exact(1_000.0));
        let findings = [
            beside("spawned_10k", 100.0),
            beside("spawned_1m", 2_000.0),
            beside("pass_due", 100.0),
            Finding::alone("bytes_1m", Spread::exact(1.0)),
        ];
        let svg = svg(&rows(GOALS, &findings), "here & now");
        assert_eq!(svg.matches("<rect class=\"yes\"").count(), 1);
        assert_eq!(svg.matches("<rect class=\"no\"").count(), 1);
        // From 1 to 10, of two decades.
        assert!(svg.contains("width=\"220.0\""), "{svg}");
        assert!(svg.contains("here &amp; now"));
    }
}

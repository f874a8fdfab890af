//! Goals A to D: a `Runner` with the machine's clocks, beside its peers.

use super::Effort;
use crate::finding::{Finding, Unit};
use crate::rounds::Spread;
use crate::users::contender::Contender::{self, Delay, DelaySpawn, Floor, Inline, Interval, Spawned};
use crate::users::load::{Code, Load};
use crate::users::sample::{Sample, Window, round};

const ALONE: [Contender; 5] = [Spawned, Inline, Interval, Delay, Floor];
/// A round with a million tasks takes seconds.
const MILLION: [Contender; 3] = [Spawned, Interval, Floor];
const RUNNERS: [Contender; 3] = [Spawned, Inline, Interval];
const DEFAULT: [Contender; 2] = [Spawned, Interval];
const AWAITING: [Contender; 3] = [Spawned, Interval, DelaySpawn];

/// The rounds of all contenders under one load.
#[derive(Debug)]
pub struct Rounds {
    load: Load,
    of: Vec<(Contender, Vec<Sample>)>,
}

impl Rounds {
    /// Makes `rounds` rounds of each contender in turn, with few tasks after one for nothing.
    pub fn measured(load: Load, contenders: &[Contender], effort: Effort) -> Self {
        let window = Window::of(&load, effort.window);
        let mut of: Vec<_> = contenders.iter().map(|&contender| (contender, Vec::new())).collect();
        let for_nothing = usize::from(load.tasks < 100_000);
        for number in 0..effort.rounds + for_nothing {
            for (contender, samples) in &mut of {
                let sample = round(&load, *contender, window);
                if number >= for_nothing {
                    samples.push(sample);
                }
            }
        }
        Self { load, of }
    }

    fn spread(&self, contender: Contender, figure: impl Fn(&Sample) -> f64) -> Spread {
        let samples = self.of.iter().find(|(of, _)| *of == contender).map(|(_, samples)| &samples[..]);
        Spread::of(samples.unwrap_or_default().iter().map(figure).collect())
    }

    /// Returns this project's processor time of a run beside the interval's.
    fn cpu(&self, key: &'static str, ours: Contender) -> Finding {
        let cpu = |contender| self.spread(contender, |sample| sample.cpu);
        let switches = |contender| self.spread(contender, |sample| sample.switches).median;
        let peer = if self.load.code == Code::Ready { Floor } else { DelaySpawn };
        Finding::beside(key, cpu(ours), Interval.name(), cpu(Interval)).note(format!(
            "{} takes {}; a thousand runs are {:.0} context switches, the peer's {:.0}, those of {} {:.0}",
            peer.name(),
            Unit::Nanos.written(cpu(peer).median),
            switches(ours),
            switches(Interval),
            peer.name(),
            switches(peer)
        ))
    }

    /// Returns the median lateness of this project's starts beside the interval's.
    fn start(&self, key: &'static str) -> Finding {
        let late = |contender, share: usize| self.spread(contender, move |sample| sample.late[share]);
        let written = |contender, share| Unit::Nanos.written(late(contender, share).median);
        Finding::beside(key, late(Spawned, 0), Interval.name(), late(Interval, 0)).note(format!(
            "p99 is {}, the peer's {}; the latest start {}, the peer's {}; p50 of {} is {}",
            written(Spawned, 1),
            written(Interval, 1),
            written(Spawned, 2),
            written(Interval, 2),
            DelaySpawn.name(),
            written(DelaySpawn, 0)
        ))
    }

    /// Returns a line for each contender, as Markdown.
    fn lines(&self) -> String {
        let mut text = String::new();
        for (number, (contender, _)) in self.of.iter().enumerate() {
            let late = |share: usize| {
                Unit::Nanos.written(self.spread(*contender, move |sample| sample.late[share]).median)
            };
            let cpu = self.spread(*contender, |sample| sample.cpu);
            let [median, min, max] = [cpu.median, cpu.min, cpu.max].map(|cpu| Unit::Nanos.written(cpu));
            text += &format!(
                "| {} | {} | {median} ({min} – {max}) | {} | {} | {} | {:.0} | {:.0} % |\n",
                if number == 0 { self.load.name() } else { String::new() },
                contender.name(),
                late(0),
                late(1),
                late(2),
                self.spread(*contender, |sample| sample.switches).median,
                self.spread(*contender, |sample| sample.done).median * 100.0
            );
        }
        text
    }
}

/// Returns the findings of goals A, B and D but for instructions and allocations, and all figures as Markdown.
pub fn findings(effort: Effort) -> (Vec<Finding>, String) {
    let (mut findings, mut text) = (Vec::new(), String::from(HEAD));
    let mut measured = |load: Load, contenders: &[Contender], found: &dyn Fn(&Rounds) -> Vec<Finding>| {
        let rounds = Rounds::measured(load, contenders, effort);
        text += &rounds.lines();
        findings.extend(found(&rounds));
    };
    let both =
        |rounds: &Rounds, spawned, inline| vec![rounds.cpu(spawned, Spawned), rounds.cpu(inline, Inline)];
    measured(Load::mixed(1_000, 2), &ALONE, &|rounds| vec![rounds.cpu("spawned_1k", Spawned)]);
    measured(Load::mixed(10_000, 2), &ALONE, &|rounds| both(rounds, "spawned_10k", "inline_10k"));
    measured(Load::mixed(100_000, 2), &ALONE, &|rounds| vec![rounds.cpu("spawned_100k", Spawned)]);
    measured(Load::mixed(effort.million, 2), &MILLION, &|rounds| vec![rounds.cpu("spawned_1m", Spawned)]);
    measured(Load::mixed(1_000, 1), &DEFAULT, &|_| Vec::new());
    measured(Load::mixed(10_000, 1), &ALONE, &|rounds| both(rounds, "spawned_10k_one", "inline_10k_one"));
    measured(Load::mixed(100_000, 1), &DEFAULT, &|_| Vec::new());
    let awaiting = Load { code: Code::Awaits, ..Load::mixed(10_000, 2) };
    measured(awaiting, &AWAITING, &|_| Vec::new());
    measured(Load::herd(2, Code::Awaits), &AWAITING, &|rounds| {
        vec![rounds.start("herd_start"), rounds.cpu("herd_cpu", Spawned)]
    });
    measured(Load::herd(1, Code::Awaits), &AWAITING, &|rounds| {
        vec![rounds.start("herd_start_one"), rounds.cpu("herd_cpu_one", Spawned)]
    });
    measured(Load::herd(2, Code::Ready), &RUNNERS, &|_| Vec::new());
    (findings, text)
}

const HEAD: &str = "| tasks | | CPU of a run | start, p50 | p99 | latest | switches of 1000 runs | runs of the slots |\n\
                    | --- | --- | --: | --: | --: | --: | --: | --: |\n";

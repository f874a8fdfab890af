//! A file with the switches of its mutants.

use std::ops::Range;

use crate::listed::{Genre, Mutant, Place};
use crate::sites::{Site, Sites};

/// A file in its compiled form.
#[derive(Clone, Debug)]
pub struct Rewritten {
    pub text: String,
    /// The mutants in the text, each with the range in which it causes the compiler's errors.
    pub mutants: Vec<(u32, Range<usize>)>,
}

/// Text to insert at a place of the original one.
struct Insertion<'a> {
    at: usize,
    /// The order at one place: ends come before beginnings, and the longer text begins first.
    order: i64,
    text: String,
    id: u32,
    part: Part,
    mutant: Option<&'a Mutant>,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Opens,
    Closes,
}

/// Puts the switches of `mutants` into `source`, except for mutants without a site, or that cannot be parsed.
pub fn rewrite(source: &str, sites: &Sites, mutants: &[&Mutant], switch: &str) -> Rewritten {
    let mut insertions = Vec::new();
    for mutant in mutants {
        if let Some(site) = sites.find(mutant.genre, mutant.span) {
            insert(source, site, mutant, switch, &mut insertions);
        }
    }
    insertions.sort_by_key(|insertion| (insertion.at, insertion.order));
    let (mut text, mut copied) = (String::with_capacity(2 * source.len()), 0);
    let mut placed: Vec<(u32, Range<usize>)> = Vec::new();
    for Insertion { at, text: inserted, id, part, mutant, .. } in insertions {
        text.push_str(&source[copied..at]);
        copied = at;
        let begin = text.len();
        text.push_str(&inserted);
        if mutant.is_some() && part == Part::Opens {
            placed.push((id, begin..text.len()));
        }
    }
    text.push_str(&source[copied..]);
    Rewritten { text, mutants: placed }
}

fn insert<'a>(
    source: &str,
    site: &Site,
    mutant: &'a Mutant,
    switch: &str,
    insertions: &mut Vec<Insertion<'a>>,
) {
    let Mutant { id, replacement, genre, .. } = mutant;
    let is_on = format!("{switch}::on({id})");
    let single =
        |at, text| Insertion { at, order: 0, text, id: *id, part: Part::Opens, mutant: Some(mutant) };
    match site {
        Site::Body(at) => insertions.push(single(*at, format!("if {is_on} {{ return {replacement}; }} "))),
        Site::Arm(at) => insertions.push(single(*at, format!(" if !{is_on}"))),
        Site::Expression(range) => {
            let changed = changed(source, range, mutant, *genre);
            // Such as `a as u8 < b`, whose `<` begins generic arguments.
            if syn::parse_str::<syn::Expr>(&changed).is_err() {
                return;
            }
            let length = i64::try_from(range.len()).unwrap_or(i64::MAX);
            let opens = format!("(if {is_on} {{ {changed} }} else {{ ");
            let (order, part, id) = (-length, Part::Opens, *id);
            let begin = Insertion {
                at: range.start,
                order: order + i64::MAX / 2,
                text: opens,
                id,
                part,
                mutant: Some(mutant),
            };
            let end = Insertion {
                at: range.end,
                order: length - i64::MAX / 2,
                text: " })".into(),
                id,
                part: Part::Closes,
                mutant: None,
            };
            insertions.extend([begin, end]);
        }
    }
}

/// Returns the expression with the mutant's change.
fn changed(source: &str, range: &Range<usize>, mutant: &Mutant, genre: Genre) -> String {
    let (start, end) = (offset(source, mutant.span.start), offset(source, mutant.span.end));
    if genre == Genre::MatchArmGuard {
        return mutant.replacement.clone();
    }
    format!("{} {} {}", &source[range.start..start], mutant.replacement, &source[end..range.end])
}

/// Returns the byte offset of a line and a column.
fn offset(source: &str, place: Place) -> usize {
    let before: usize = source.split_inclusive('\n').take(place.line - 1).map(str::len).sum();
    let line = &source[before..];
    before + line.char_indices().nth(place.column - 1).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::Span;

    fn place(source: &str, at: usize) -> Place {
        let line = source[..at].matches('\n').count() + 1;
        Place { line, column: at - source[..at].rfind('\n').map_or(0, |end| end + 1) + 1 }
    }

    /// Rewrites `source` with mutants: each is its genre, the replaced text, and the new text.
    fn with(source: &str, mutants: &[(Genre, &str, &str)]) -> String {
        let mutants: Vec<_> = (1..)
            .zip(mutants)
            .map(|(id, (genre, from, to))| {
                let start = source.find(from).unwrap();
                Mutant {
                    id,
                    name: String::new(),
                    package: String::new(),
                    file: String::new(),
                    span: Span { start: place(source, start), end: place(source, start + from.len()) },
                    replacement: (*to).to_owned(),
                    genre: *genre,
                }
            })
            .collect();
        let sites = Sites::of(&syn::parse_file(source).unwrap());
        rewrite(source, &sites, &mutants.iter().collect::<Vec<_>>(), "s").text
    }

    #[test]
    fn a_body_begins_with_its_branches() {
        let mutants = [(Genre::FnValue, "x + 1", "0"), (Genre::FnValue, "x + 1", "7")];
        assert_eq!(
            with("fn f(x: u8) -> u8 { x + 1 }", &mutants),
            "fn f(x: u8) -> u8 { if s::on(1) { return 0; } if s::on(2) { return 7; } x + 1 }"
        );
    }

    #[test]
    fn choices_stand_in_each_other() {
        let mutants = [
            (Genre::BinaryOperator, "<", "=="),
            (Genre::BinaryOperator, "&&", "||"),
            (Genre::UnaryOperator, "!", ""),
        ];
        let one_space = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            one_space(&with("fn f() { if !a && b < c {} }", &mutants)),
            "fn f() { if (if s::on(2) { !a || b < c } else { (if s::on(3) { a } else { !a }) && (if s::on(1) { b == c } \
             else { b < c }) }) {} }"
        );
    }

    #[test]
    fn chains_with_a_let_have_no_site() {
        let source = "fn f() { if let Some(x) = y && x < 3 {} }";
        assert_eq!(with(source, &[(Genre::BinaryOperator, "&&", "||")]), source);
        assert!(
            with(source, &[(Genre::BinaryOperator, "<", "<=")])
                .contains("(if s::on(1) { x  <=  3 } else { x < 3 })")
        );
    }

    #[test]
    fn a_change_that_cannot_be_parsed_is_left_out() {
        let source = "fn f() -> bool { a as u8 > b }";
        assert_eq!(with(source, &[(Genre::BinaryOperator, ">", "<")]), source);
    }

    #[test]
    fn arms_and_guards() {
        let source = "fn f() { match x { 1 => a, y if y > 3 => b, _ => c } }";
        let mutants = [(Genre::MatchArm, "1 => a", ""), (Genre::MatchArmGuard, "y > 3", "true")];
        assert_eq!(
            with(source, &mutants),
            "fn f() { match x { 1 if !s::on(1) => a, y if (if s::on(2) { true } else { y > 3 }) => b, _ => c } }"
        );
    }
}

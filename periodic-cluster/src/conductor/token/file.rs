//! The file of tokens: one token, or a line `HOST: TOKEN` for each host. No error shows a token.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use periodic_runtime::file;

use super::{Caller, Token};

/// The most bytes and the most tokens of a file.
const BYTES: u64 = 16 << 20;
const TOKENS: usize = 10_000;
/// The most tokens of a host: the old one and the new one, while one replaces the other.
const OF_A_HOST: usize = 2;
/// The most mistakes that an error lists.
const MISTAKES: usize = 20;

/// A token, and the caller that it identifies.
pub(in crate::conductor) type Entry = (Token, Caller);

/// Returns the tokens of the file: at least one, and none twice.
pub(super) fn read(file: &Path) -> io::Result<Vec<Entry>> {
    let named = |kind, why: String| {
        let file = file.display().to_string();
        let text = format!("the token file `{}` cannot be used: {why}", periodic_text::escaped(&file));
        io::Error::new(kind, text)
    };
    let content = file::read_secret(file, BYTES).map_err(|error| named(error.kind(), error.to_string()))?;
    let text = std::str::from_utf8(&content)
        .map_err(|_| named(io::ErrorKind::InvalidData, "it is not UTF-8".to_owned()))?;
    entries(text).map_err(|why| named(io::ErrorKind::InvalidData, why))
}

/// Returns the only token of a client's file.
pub(in crate::conductor) fn only(file: &Path) -> io::Result<Token> {
    let mut entries = read(file)?;
    match entries.pop() {
        Some((token, _)) if entries.is_empty() => Ok(token),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it has several tokens; expected the client's only",
        )),
    }
}

/// One line: the host of the token, and the token's text.
enum Line<'t> {
    Nothing,
    Bare(&'t str),
    Host(&'t str, &'t str),
}

fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let mut found = Found::default();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if let Err(why) = line_of(line).and_then(|line| found.take(number, &line)) {
            found.mistakes.push(format!("line {number}: {why}"));
            if found.mistakes.len() > MISTAKES {
                found.mistakes.truncate(MISTAKES);
                found.mistakes.push("further lines are not checked".to_owned());
                break;
            }
        }
    }
    if found.mistakes.is_empty() && found.entries.is_empty() {
        return Err("it has no token; expected one, or lines `HOST: TOKEN`".to_owned());
    }
    if found.mistakes.is_empty() { Ok(found.entries) } else { Err(found.mistakes.join("; ")) }
}

fn line_of(line: &str) -> Result<Line<'_>, String> {
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (None, ..) => Ok(Line::Nothing),
        (Some(first), ..) if first.starts_with('#') => Ok(Line::Nothing),
        (Some(token), None, None) if !token.contains(':') => Ok(Line::Bare(token)),
        (Some(host), Some(token), None) => match host.strip_suffix(':') {
            Some(host) => Ok(Line::Host(host, token)),
            None => Err("expected a colon after the host, as in `HOST: TOKEN`".to_owned()),
        },
        _ => Err("expected `HOST: TOKEN`, with a space after the colon".to_owned()),
    }
}

#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    mistakes: Vec<String>,
    /// The line of each token.
    lines: BTreeMap<String, usize>,
    /// The number of tokens of each host.
    hosts: BTreeMap<String, usize>,
    bare: bool,
}

impl Found {
    fn take(&mut self, number: usize, line: &Line<'_>) -> Result<(), String> {
        let (host, text) = match *line {
            Line::Nothing => return Ok(()),
            Line::Bare(text) => (None, text),
            Line::Host(host, text) => (Some(host), text),
        };
        let caller = match host {
            None | Some("*") => Caller::Operator,
            Some(host) => match periodic_text::name::problem(host) {
                Some(problem) => return Err(format!("the host's name is refused: {problem}")),
                None => Caller::Host(Arc::from(host)),
            },
        };
        let token = Token::new(text).ok_or(Token::RULE)?;
        if self.bare || (host.is_none() && !self.lines.is_empty()) {
            return Err("a token without a host must be the only one of its file".to_owned());
        }
        if let Some(first) = self.lines.insert(text.to_owned(), number) {
            return Err(format!("it repeats the token of line {first}; each line must have its own"));
        }
        let of_host = self.hosts.entry(host.unwrap_or("*").to_owned()).or_default();
        *of_host += 1;
        if *of_host > OF_A_HOST {
            return Err(format!(
                "its host already has {OF_A_HOST} tokens, the old one and the new one; remove one"
            ));
        }
        if self.lines.len() > TOKENS {
            return Err(format!("it has more than {TOKENS} tokens"));
        }
        self.bare = host.is_none();
        self.entries.push((token, caller));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callers(text: &str) -> Vec<String> {
        entries(text).unwrap().into_iter().map(|(_, caller)| caller.to_string()).collect()
    }

    #[test]
    fn one_token_or_a_line_for_each_host() {
        assert_eq!(callers("secret-of-all-0000\n"), ["every host"]);
        assert_eq!(callers("\r\n# the fleet's\r\nsecret-of-all-0000\r\n"), ["every host"]);
        let text = "# control\n*: secret-of-all-0000\n\n  node-1:\tsecret-of-one-0001  \nnode-1: secret-of-one-0002\n::1: secret-of-two-0001";
        assert_eq!(
            callers(text),
            ["every host", "host `node-1` alone", "host `node-1` alone", "host `::1` alone"]
        );
    }

    #[test]
    fn mistakes_name_their_lines_and_no_token() {
        let secret = "secret-of-all-0000";
        for (text, why) in [
            (String::new(), "it has no token"),
            ("# nothing\n\n".to_owned(), "it has no token"),
            ("secret".to_owned(), "line 1: a token must have 16 to 512 characters"),
            (format!("\nnode-1:{secret}"), "line 2: expected `HOST: TOKEN`, with a space"),
            (format!("node-1 {secret}"), "line 1: expected a colon after the host"),
            (format!("node-1: {secret} more"), "line 1: expected `HOST: TOKEN`"),
            (format!(": {secret}"), "line 1: the host's name is refused: a name cannot be empty"),
            (format!("node*: {secret}"), "line 1: the host's name is refused: a name cannot contain `*`"),
            (
                format!("{}: {secret}", "x".repeat(256)),
                "line 1: the host's name is refused: a name has at most",
            ),
            (format!("node-1\u{1b}: {secret}"), r"the control character `\u{1b}`"),
            (format!("{secret}\n{secret}-2"), "line 2: a token without a host must be the only one"),
            (format!("*: {secret}\n{secret}-2"), "line 2: a token without a host must be the only one"),
            (format!("{secret}\n*: {secret}-2"), "line 2: a token without a host must be the only one"),
            (format!("a: {secret}\n\nb: {secret}"), "line 3: it repeats the token of line 1"),
            (format!("a: {secret}\na: {secret}-2\na: {secret}-3"), "line 3: its host already has 2 tokens"),
            (format!("a {secret}\nb {secret}"), "as in `HOST: TOKEN`; line 2: expected a colon"),
        ] {
            let said = entries(&text).unwrap_err();
            assert!(said.contains(why) && !said.contains("secret"), "{text:?}: {said}");
        }
    }

    #[test]
    fn tokens_and_mistakes_are_bounded() {
        let line = |number: usize| format!("node-{number}: secret-of-node-{number:05}\n");
        let most: String = (0..TOKENS).map(line).collect();
        assert_eq!(entries(&most).unwrap().len(), TOKENS);
        let said = entries(&(most + &line(TOKENS))).unwrap_err();
        assert_eq!(said, "line 10001: it has more than 10000 tokens");
        let said = entries(&"a b\n".repeat(1_000_000)).unwrap_err();
        assert!(
            said.ends_with(
                "line 20: expected a colon after the host, as in `HOST: TOKEN`; further lines are not checked"
            ),
            "{said}"
        );
    }
}

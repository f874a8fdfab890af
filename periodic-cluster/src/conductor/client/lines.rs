//! The lines of a watch's answer.

/// The most bytes of a line, which has one member at most.
const LONGEST: usize = 1 << 20;

/// The bytes that have arrived, cut into lines. Each byte is searched once, even if the parts are small.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// The beginning of the next line, and the place up to which it has no end.
    begin: usize,
    searched: usize,
}

/// The error that a line is too long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Endless;

impl Lines {
    pub(super) fn push(&mut self, part: &[u8]) {
        self.bytes.drain(..self.begin);
        self.searched -= self.begin;
        self.begin = 0;
        self.bytes.extend_from_slice(part);
    }

    /// Returns the next whole line, without its end.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Endless> {
        let end = self.bytes[self.searched..].iter().position(|byte| *byte == b'\n');
        let Some(end) = end.map(|end| self.searched + end) else {
            self.searched = self.bytes.len();
            return if self.searched - self.begin > LONGEST { Err(Endless) } else { Ok(None) };
        };
        let line = &self.bytes[self.begin..end];
        (self.begin, self.searched) = (end + 1, end + 1);
        if line.len() > LONGEST { Err(Endless) } else { Ok(Some(line)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(lines: &mut Lines) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(String::from_utf8(line.to_vec()).unwrap());
        }
        all
    }

    #[test]
    fn lines_come_in_any_parts() {
        let mut lines = Lines::default();
        assert!(all(&mut lines).is_empty());
        lines.push(b"one\ntw");
        assert_eq!(all(&mut lines), ["one"]);
        lines.push(b"o");
        assert!(all(&mut lines).is_empty());
        lines.push(b"\n\n\nthree\n");
        assert_eq!(all(&mut lines), ["two", "", "", "three"]);
    }

    #[test]
    fn a_line_without_an_end_is_not_kept() {
        let mut lines = Lines::default();
        lines.push(&vec![b'x'; LONGEST]);
        assert_eq!(lines.next(), Ok(None));
        lines.push(b"x");
        assert_eq!(lines.next(), Err(Endless));
        let mut lines = Lines::default();
        lines.push(&[&*vec![b'x'; LONGEST + 1], b"\n"].concat());
        assert_eq!(lines.next(), Err(Endless));
    }

    /// A search of each part from the line's beginning would take an hour.
    #[test]
    fn neither_small_parts_nor_empty_lines_cost_more_than_their_bytes() {
        let mut lines = Lines::default();
        for _ in 0..LONGEST {
            lines.push(b"x");
            assert_eq!(lines.next(), Ok(None));
        }
        lines.push(&vec![b'\n'; 4 << 20]);
        assert_eq!(all(&mut lines).len(), 4 << 20);
    }
}

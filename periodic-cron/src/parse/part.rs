use crate::error::{CronError, Found, Reason};
use crate::field::Field;

/// A part of the text, and the place up to which it has been read.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    pub(super) text: &'t [u8],
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) field: Field,
}

impl<'t> Part<'t> {
    pub(super) const fn new(text: &'t [u8], start: usize, end: usize, field: Field) -> Self {
        Self { text, start, at: start, end, field }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.end
    }

    /// Returns the next byte, a letter as a capital; 0 at the end.
    pub(super) const fn peek(&self) -> u8 {
        if self.is_at_end() { 0 } else { self.text[self.at].to_ascii_uppercase() }
    }

    /// Whether the next byte is `byte`; if so, moves past it.
    pub(super) const fn take(&mut self, byte: u8) -> bool {
        let found = !self.is_at_end() && self.peek() == byte;
        if found {
            self.at += 1;
        }
        found
    }

    /// Reads a number from `low` to `high`.
    pub(super) const fn number(&mut self, low: u8, high: u8) -> Result<u8, CronError> {
        let start = self.at;
        let number = ok!(self.digits());
        if number < low || number > high {
            return Err(self.error_at(start, self.at, Reason::OutOfRange { low, high }));
        }
        Ok(number)
    }

    /// Reads a number of any size; returns 255 for a greater one.
    pub(super) const fn digits(&mut self) -> Result<u8, CronError> {
        if !self.peek().is_ascii_digit() {
            return Err(self.error(Reason::NotUnderstood));
        }
        let mut number: u8 = 0;
        while self.peek().is_ascii_digit() {
            number = number.saturating_mul(10).saturating_add(self.peek() - b'0');
            self.at += 1;
        }
        Ok(number)
    }

    /// Returns the place after the letters that come next.
    pub(super) const fn word_end(&self) -> usize {
        let mut end = self.at;
        while end < self.end && self.text[end].is_ascii_alphabetic() {
            end += 1;
        }
        end
    }

    /// Returns the text from `start` to `end`, without moving on.
    pub(super) const fn word(&self, start: usize, end: usize) -> &'t [u8] {
        self.text.split_at(end).0.split_at(start).1
    }

    /// Returns the error for the whole part.
    pub(super) const fn error(&self, reason: Reason) -> CronError {
        self.error_at(self.start, self.end, reason)
    }

    pub(super) const fn error_at(&self, start: usize, end: usize, reason: Reason) -> CronError {
        CronError::new(reason, Some(self.field), Found::new(self.text, start, end), start, end)
    }
}

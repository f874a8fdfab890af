use periodic_cron::{CronError, CronErrorKind};
use periodic_text::{Instead, LookAlike, first_look_alike};

/// The compiler's message for a constant that is no expression. An error's own text cannot be formatted at compile
/// time.
pub(super) struct Message {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Message {
    const LONGEST: usize = 600;

    pub(super) const fn new(error: &CronError, text: &str) -> Self {
        let mut message = Self { bytes: [0; Self::LONGEST], length: 0 };
        // A text that is too long is not even searched.
        let is_searched = !matches!(error.kind(), CronErrorKind::TooLong);
        if is_searched && let Some((found, _)) = first_look_alike(text) {
            message.push_look_alike(found);
        } else {
            message.push(advice(error.kind()));
        }
        // In other texts a byte is not one place, or the text is too long.
        if text.is_ascii() && !text.is_empty() && text.len() < 200 {
            message.push("\n");
            message.push(text);
            message.push("\n");
            let (start, end) = (error.span().start, error.span().end);
            let mut at = 0;
            while at < end {
                message.push(if at < start { " " } else { "^" });
                at += 1;
            }
        }
        message
    }

    pub(super) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // The message consists of whole texts, so it is valid UTF-8.
            Err(_) => "this is not a cron expression",
        }
    }

    /// Appends the text that the error prints at run time.
    const fn push_look_alike(&mut self, found: LookAlike) {
        if found.is_visible() {
            self.push_quoted(found.character());
            self.push(", ");
        }
        self.push("U+");
        let code = found.character() as u32;
        // At least four digits.
        let mut place = if code < 0x1_0000 { 4 } else { 5 };
        while place > 0 {
            place -= 1;
            let digit = (code >> (4 * place) & 0xF) as usize;
            self.push("0123456789ABCDEF".split_at(digit).1.split_at(1).0);
        }
        self.push(", ");
        self.push(found.name());
        self.push(", is no part of an expression: ");
        match found.instead() {
            Instead::Space => self.push("write a space"),
            Instead::Character(character) => {
                self.push("write ");
                self.push_quoted(character);
            }
            Instead::Nothing => self.push("leave it out"),
        }
    }

    const fn push_quoted(&mut self, character: char) {
        self.push("`");
        self.push(character.encode_utf8(&mut [0; 4]));
        self.push("`");
    }

    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() && self.length < Self::LONGEST {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
    }
}

const fn advice(kind: CronErrorKind) -> &'static str {
    match kind {
        CronErrorKind::Empty => "this cron expression is empty: write five fields, as in `0 3 * * *`",
        CronErrorKind::TooLong => "a cron expression has at most 4096 bytes, and this one has more",
        CronErrorKind::FieldCount => {
            "a cron expression has five fields, which are minute, hour, day of month, month and day of week, or six \
             with the second first"
        }
        CronErrorKind::Zone => {
            "a time zone is no part of an expression: leave it out, and write it beside `cron`, as in \
             `tz = \"Europe/Berlin\"`"
        }
        CronErrorKind::UnknownShorthand => {
            "this is not known: write `@hourly`, `@daily`, `@weekly`, `@monthly` or `@yearly`"
        }
        CronErrorKind::EmptyItem => "nothing stands on one side of a comma in this cron expression",
        CronErrorKind::UnknownName => {
            "this is not a name in a cron expression: months are JAN to DEC, days of the week SUN to SAT"
        }
        CronErrorKind::OutOfRange => {
            "this is out of range in a cron expression: seconds and minutes go from 0 to 59, hours from 0 to 23, days \
             of month from 1 to 31, months from 1 to 12, days of week from 0 to 7"
        }
        CronErrorKind::ReversedRange => "this range in a cron expression ends before it begins",
        CronErrorKind::Step => "this step in a cron expression is zero, or reaches no second value",
        CronErrorKind::NotInThisField => "this has no meaning in this field of a cron expression",
        CronErrorKind::TooManyHashes => "this field of a cron expression has more than four `H`",
        CronErrorKind::NeverFires => "this cron expression never fires: no day matches these fields",
        _ => "this is not understood in a cron expression",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Message::new(&periodic_cron::Cron::parse(text).unwrap_err(), text).as_str().to_owned()
    }

    #[test]
    fn the_place_is_marked() {
        let message = said("0 24 * * *");
        assert!(message.starts_with("this is out of range"), "{message}");
        assert!(message.ends_with("\n0 24 * * *\n  ^^"), "{message}");
    }

    #[test]
    fn a_look_alike_is_told_in_the_words_of_the_error() {
        for text in [
            "0\u{a0}3 * * *",
            "\u{feff}@daily",
            "0 9–17 * * *",
            "0 𝟗 * * *",
            "0 3 * * “MON”",
            "0 3 * *\u{b}*",
        ] {
            let error = periodic_cron::Cron::parse(text).unwrap_err().to_string();
            assert_eq!(said(text).lines().next(), Some(&*error), "{text}");
        }
        assert!(
            said("CRON_TZ=Asia/Tokyo 0 3 * * *")
                .starts_with("a time zone is no part of an expression: leave")
        );
    }

    #[test]
    fn what_cannot_be_shown_is_told_alone() {
        for text in ["", "0 9 * * Ä", &"* ".repeat(300)] {
            let message = said(text);
            assert!(message.contains("cron expression") && !message.contains('\n'), "{message}");
        }
    }
}

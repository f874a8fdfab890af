use periodic_cron::{CronError, CronErrorKind};

/// What the compiler says of a constant that is no expression. An error's own text cannot be made at compile time.
pub(super) struct Message {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Message {
    const LONGEST: usize = 600;

    pub(super) const fn new(error: &CronError, text: &str) -> Self {
        let mut message = Self { bytes: [0; Self::LONGEST], length: 0 };
        message.push(advice(error.kind()));
        // In other texts a byte is not one place, or there is no room for them.
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
            // Only whole texts have been put together.
            Err(_) => "this is not a cron expression",
        }
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
        CronErrorKind::FieldCount => {
            "a cron expression has five fields, which are minute, hour, day of month, month and day of week, or six \
             with the second first"
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
    fn what_cannot_be_shown_is_told_alone() {
        for text in ["", "0 9 * * Ä", &"* ".repeat(300)] {
            let message = said(text);
            assert!(message.contains("cron expression") && !message.contains('\n'), "{message}");
        }
    }
}

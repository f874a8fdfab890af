use core::fmt;

/// A character that looks like another one, or like nothing: a no-break space, an en dash, a full-width digit.
///
/// Editors, chats and web pages put such characters in the place of typed ones.
///
/// # Examples
/// ```
/// let found = periodic_text::look_alike('\u{a0}').unwrap();
/// assert_eq!(found.to_string(), "U+00A0, a no-break space");
/// assert_eq!(found.instead().to_string(), "write a space");
/// assert_eq!(periodic_text::look_alike('é'), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAlike {
    character: char,
    name: &'static str,
    instead: Instead,
    is_visible: bool,
}

/// The character to write in the place of a [`LookAlike`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A space.
    Space,
    /// This character, which is ASCII.
    Character(char),
    /// None: the character is left out.
    Nothing,
}

impl LookAlike {
    /// Returns the character itself.
    pub const fn character(&self) -> char {
        self.character
    }

    /// Returns the character as a noun: `a no-break space`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the character to write in its place.
    pub const fn instead(&self) -> Instead {
        self.instead
    }

    /// Whether a reader sees a mark there, and not just a space.
    pub const fn is_visible(&self) -> bool {
        self.is_visible
    }
}

impl Instead {
    /// Returns the character, unless it is to be left out.
    pub const fn character(self) -> Option<char> {
        match self {
            Self::Space => Some(' '),
            Self::Character(character) => Some(character),
            Self::Nothing => None,
        }
    }
}

/// `U+00A0, a no-break space`; a visible character is printed before it.
impl fmt::Display for LookAlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = u32::from(self.character);
        if self.is_visible {
            write!(f, "`{}`, ", self.character)?;
        }
        write!(f, "U+{code:04X}, {}", self.name)
    }
}

impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Space => f.write_str("write a space"),
            Self::Character(character) => write!(f, "write `{character}`"),
            Self::Nothing => f.write_str("leave it out"),
        }
    }
}

/// Returns the character for which `character` was taken, if it is a look-alike.
pub const fn look_alike(character: char) -> Option<LookAlike> {
    if let Some((name, instead)) = hidden(character) {
        return Some(LookAlike { character, name, instead, is_visible: false });
    }
    match visible(character) {
        Some((name, instead)) => Some(LookAlike { character, name, instead, is_visible: true }),
        None => None,
    }
}

type Named = (&'static str, Instead);

/// Returns the name of a character that shows nothing, or only a space.
const fn hidden(character: char) -> Option<Named> {
    Some(match character {
        '\u{0B}' => ("a vertical tab", Instead::Space),
        '\u{85}' | '\u{2028}' | '\u{2029}' => ("a line separator", Instead::Space),
        '\u{A0}' => ("a no-break space", Instead::Space),
        '\u{202F}' => ("a narrow no-break space", Instead::Space),
        '\u{3000}' => ("an ideographic space", Instead::Space),
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' => ("a space of another width", Instead::Space),
        '\u{FEFF}' => ("a byte order mark", Instead::Nothing),
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}' => ("an invisible character", Instead::Nothing),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            ("a mark of the writing direction", Instead::Nothing)
        }
        _ => return None,
    })
}

const fn visible(character: char) -> Option<Named> {
    let code = character as u32;
    Some(match character {
        '"'
        | '\''
        | '`'
        | '«'
        | '»'
        | '\u{2018}'
        | '\u{2019}'
        | '\u{201B}'..='\u{201F}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{FF02}'
        | '\u{FF07}'
        | '\u{FF40}' => ("a quotation mark", Instead::Nothing),
        '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{FE63}' => ("another hyphen", Instead::Character('-')),
        '\u{2013}' => ("an en dash", Instead::Character('-')),
        '\u{2014}' => ("an em dash", Instead::Character('-')),
        '\u{2012}' | '\u{2015}' | '\u{FE58}' => ("a dash", Instead::Character('-')),
        '\u{2212}' => ("a minus sign", Instead::Character('-')),
        '\u{204E}' | '\u{2217}' | '\u{2731}' | '\u{22C6}' => ("another asterisk", Instead::Character('*')),
        '\u{2044}' | '\u{2215}' | '\u{29F8}' => ("another slash", Instead::Character('/')),
        '\u{201A}' | '\u{60C}' | '\u{3001}' => ("another comma", Instead::Character(',')),
        '\u{FF01}'..='\u{FF5E}' => ("a full-width character", ascii(code - 0xFEE0)),
        '\u{660}'..='\u{669}' => ("a digit of another script", digit(code - 0x660)),
        '\u{6F0}'..='\u{6F9}' => ("a digit of another script", digit(code - 0x6F0)),
        '\u{966}'..='\u{96F}' => ("a digit of another script", digit(code - 0x966)),
        '\u{1D7CE}'..='\u{1D7FF}' => ("a digit of another form", digit((code - 0x1D7CE) % 10)),
        _ => return letter(character),
    })
}

/// Returns the Latin letter for a Cyrillic or Greek one that looks like it.
const fn letter(character: char) -> Option<Named> {
    let latin = match character {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'У' | 'Υ' => 'Y',
        'Х' | 'Χ' => 'X',
        'Ζ' => 'Z',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'і' => 'i',
        'ј' => 'j',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'ѕ' => 's',
        'у' => 'y',
        'х' => 'x',
        _ => return None,
    };
    let name = if character as u32 >= 0x400 { "a Cyrillic letter" } else { "a Greek letter" };
    Some((name, Instead::Character(latin)))
}

const fn digit(value: u32) -> Instead {
    ascii(b'0' as u32 + value)
}

const fn ascii(code: u32) -> Instead {
    // The callers' ranges end within ASCII.
    match char::from_u32(code) {
        Some(character) => Instead::Character(character),
        None => Instead::Nothing,
    }
}

/// Returns the first character of `text` that is a [`LookAlike`], and its first byte.
///
/// # Examples
/// ```
/// let (found, at) = periodic_text::first_look_alike("0 9–17 * * *").unwrap();
/// assert_eq!((found.to_string().as_str(), at), ("`–`, U+2013, an en dash", 3));
/// ```
pub const fn first_look_alike(text: &str) -> Option<(LookAlike, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (character, length) = decoded(bytes, at);
        if let Some(found) = look_alike(character) {
            return Some((found, at));
        }
        at += length;
    }
    None
}

/// Returns the character that begins at the byte `at` of a text in UTF-8, and its length. `str::chars` is not `const`.
const fn decoded(text: &[u8], at: usize) -> (char, usize) {
    let first = text[at] as u32;
    let (mut code, length) = match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => (first & 0x1F, 2),
        0xE0..0xF0 => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut next = 1;
    while next < length {
        code = code << 6 | (text[at + next] as u32 & 0x3F);
        next += 1;
    }
    match char::from_u32(code) {
        Some(character) => (character, length),
        // A `str` holds characters only.
        None => (char::REPLACEMENT_CHARACTER, length),
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString};

    use super::*;

    #[test]
    fn characters_are_decoded_as_the_standard_library_does() {
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let mut bytes = [0; 4];
            let text = character.encode_utf8(&mut bytes);
            assert_eq!(decoded(text.as_bytes(), 0), (character, text.len()));
        }
    }

    #[test]
    fn what_is_written_instead_is_no_look_alike() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter_map(look_alike);
        let mut count = 0;
        for found in all {
            let instead = found.instead().character();
            assert!(instead.is_none_or(|one| one.is_ascii() && look_alike(one).is_none()), "{found:?}");
            assert!(found.to_string().contains("U+"), "{found:?}");
            count += 1;
        }
        assert!(count > 200, "{count}");
    }

    #[test]
    fn letters_of_other_scripts_lead_to_those_that_they_look_like() {
        for (written, meant) in [
            ("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"),
            ("асеіјорѕух", "aceijopsyx"),
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
        ] {
            let found =
                written.chars().filter_map(look_alike).filter_map(|found| found.instead().character());
            assert_eq!(found.collect::<String>(), meant);
        }
    }

    #[test]
    fn every_space_but_the_ascii_ones_is_one() {
        for space in
            (0x80..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|one| one.is_whitespace())
        {
            assert_eq!(look_alike(space).map(|found| found.instead()), Some(Instead::Space), "{space:?}");
        }
    }

    #[test]
    fn what_people_write_is_none() {
        let written = "azAZ 09 \t\r\n*?/,-#@()._:+=%µéößñçøłйжщ日本語";
        assert_eq!(first_look_alike(written), None);
    }

    #[test]
    fn each_kind_is_named() {
        for (character, named) in [
            ('\u{A0}', "U+00A0, a no-break space; write a space"),
            ('\u{3000}', "U+3000, an ideographic space; write a space"),
            ('\u{200B}', "U+200B, an invisible character; leave it out"),
            ('\u{202E}', "U+202E, a mark of the writing direction; leave it out"),
            ('“', "`“`, U+201C, a quotation mark; leave it out"),
            ('—', "`—`, U+2014, an em dash; write `-`"),
            ('∗', "`∗`, U+2217, another asterisk; write `*`"),
            ('⁄', "`⁄`, U+2044, another slash; write `/`"),
            ('，', "`，`, U+FF0C, a full-width character; write `,`"),
            ('５', "`５`, U+FF15, a full-width character; write `5`"),
            ('٣', "`٣`, U+0663, a digit of another script; write `3`"),
            ('𝟗', "`𝟗`, U+1D7D7, a digit of another form; write `9`"),
            ('М', "`М`, U+041C, a Cyrillic letter; write `M`"),
            ('Ν', "`Ν`, U+039D, a Greek letter; write `N`"),
        ] {
            let found = look_alike(character).unwrap();
            assert_eq!(format!("{found}; {}", found.instead()), named);
        }
    }
}

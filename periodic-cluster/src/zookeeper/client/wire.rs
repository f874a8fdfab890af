//! The encoding of ZooKeeper's messages: numbers with the highest byte first, texts and lists behind their lengths.

use super::error::Error;

/// The most entries of all lists of a message: more than the members of any fleet.
const ENTRIES: usize = 250_000;

/// A message to a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Written(Vec<u8>);

impl Written {
    pub(super) fn int(mut self, value: i32) -> Self {
        self.0.extend(value.to_be_bytes());
        self
    }

    pub(super) fn long(mut self, value: i64) -> Self {
        self.0.extend(value.to_be_bytes());
        self
    }

    pub(super) fn flag(mut self, value: bool) -> Self {
        self.0.push(value.into());
        self
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        // No record is longer.
        let mut written = self.int(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
        written.0.extend_from_slice(bytes);
        written
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Appends another message.
    pub(super) fn then(mut self, other: &Self) -> Self {
        self.0.extend_from_slice(&other.0);
        self
    }

    /// Returns the message behind its length.
    pub(super) fn framed(&self) -> Vec<u8> {
        Self::default().bytes(&self.0).0
    }
}

/// The rest of a message of a server.
#[derive(Debug)]
pub(super) struct Rest<'a> {
    bytes: &'a [u8],
    entries: usize,
}

impl<'a> Rest<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, entries: ENTRIES }
    }

    pub(super) fn int(&mut self) -> Result<i32, Error> {
        Ok(i32::from_be_bytes(self.array()?))
    }

    pub(super) fn long(&mut self) -> Result<i64, Error> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    pub(super) fn flag(&mut self) -> Result<bool, Error> {
        let [flag] = self.array()?;
        Ok(flag != 0)
    }

    /// Returns the bytes behind their length. A length below zero means none.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Error> {
        let length = usize::try_from(self.int()?).unwrap_or_default();
        self.take(length)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Error> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Error::Garbled("a text is not UTF-8"))
    }

    /// Returns the texts of a list. No memory is taken for texts that are only promised.
    pub(super) fn texts(&mut self) -> Result<Vec<String>, Error> {
        let count = usize::try_from(self.int()?).unwrap_or_default();
        self.entries = self.entries.checked_sub(count).ok_or(Error::Garbled("its lists are too long"))?;
        (0..count).map(|_| self.text().map(str::to_owned)).collect()
    }

    /// Returns the bytes that have not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(Error::Garbled("it ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let written = Written::default().int(-7).long(i64::MIN).flag(true).bytes(b"\0").text("Knöten");
        let written = written.int(2).text("a").text("");
        let framed = written.framed();
        let mut rest = Rest::new(&framed);
        let mut rest = Rest::new(rest.bytes().unwrap());
        assert_eq!((rest.int().unwrap(), rest.long().unwrap(), rest.flag().unwrap()), (-7, i64::MIN, true));
        assert_eq!((rest.bytes().unwrap(), rest.text().unwrap()), (&b"\0"[..], "Knöten"));
        assert_eq!(rest.texts().unwrap(), ["a", ""]);
        assert_eq!(rest.rest(), b"");
    }

    #[test]
    fn what_is_only_promised_is_an_error_and_takes_no_memory() {
        let promised = i32::MAX.to_be_bytes();
        assert!(matches!(Rest::new(&promised).bytes(), Err(Error::Garbled("it ends too early"))));
        assert!(matches!(Rest::new(&promised).texts(), Err(Error::Garbled("its lists are too long"))));
        assert!(matches!(Rest::new(&200_000_i32.to_be_bytes()).texts(), Err(Error::Garbled(_))));
        assert_eq!(Rest::new(&(-1_i32).to_be_bytes()).texts().unwrap(), [""; 0]);
        for short in 0..8 {
            assert!(Rest::new(&[0; 8][..short]).long().is_err());
        }
        assert!(Rest::new(b"\0\0\0\x01\xff").text().is_err());
        // Two lists that are short enough by themselves.
        let half = [&150_000_i32.to_be_bytes()[..], &vec![0; 600_000]].concat();
        let both = half.repeat(2);
        let mut rest = Rest::new(&both);
        assert_eq!(rest.texts().unwrap().len(), 150_000);
        assert!(matches!(rest.texts(), Err(Error::Garbled("its lists are too long"))));
    }
}

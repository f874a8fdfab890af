//! Several operations in one request.

use super::calls::{Kept, Owners, creation, deletion, reading};
use super::error::Error;
use super::handle::Client;
use super::operations::{CREATE, DELETE, GET_CHILDREN, GET_DATA, MULTI, MULTI_READ};
use super::serve::Call;
use super::stat::Stat;
use super::wire::{Rest, Written};

/// An operation that has failed, and the end of the list.
const ERROR: i32 = -1;

const FEWER: &str = "it has fewer parts than the request";

/// The answer to one part of a request.
#[derive(Debug)]
pub(crate) enum Read {
    Data(Vec<u8>, Stat),
    Children(Vec<String>),
    Failed,
}

/// Creates a part of a request, or its end.
fn part(written: Written, operation: i32, is_end: bool) -> Written {
    written.int(operation).flag(is_end).int(-1)
}

impl Client {
    /// Reads the data of some nodes, and if `children` the names of the nodes below each. The answers come in the order
    /// of `paths`, for each the data first.
    pub(crate) async fn read(&self, paths: &[String], children: bool) -> Result<Vec<Read>, Error> {
        let mut body = Written::default();
        for path in paths {
            body = part(body, GET_DATA, false).then(&reading(path));
            if children {
                body = part(body, GET_CHILDREN, false).then(&reading(path));
            }
        }
        let body = part(body, ERROR, true);
        let answer = self.call(|answer| Call { operation: MULTI_READ, body, answer, watch: None }).await?;
        let asked = paths.len() * if children { 2 } else { 1 };
        results(&mut Rest::new(&answer), asked)
    }

    /// Deletes the node of this version, and creates it again as a node of this session.
    pub(crate) async fn replace(&self, path: &str, version: i32, owners: Owners) -> Result<(), Error> {
        let body = part(Written::default(), DELETE, false).then(&deletion(path, Some(version)));
        let body = part(body, CREATE, false).then(&creation(path, b"", Kept::WithSession, owners));
        let body = part(body, ERROR, true);
        let answer = self.call(|answer| Call { operation: MULTI, body, answer, watch: None }).await?;
        done(&mut Rest::new(&answer))
    }
}

fn results(rest: &mut Rest<'_>, asked: usize) -> Result<Vec<Read>, Error> {
    let mut results = Vec::new();
    loop {
        let (operation, is_end, _code) = (rest.int()?, rest.flag()?, rest.int()?);
        if is_end {
            let has_all = results.len() == asked;
            return if has_all { Ok(results) } else { Err(Error::Garbled(FEWER)) };
        }
        if results.len() == asked {
            return Err(Error::Garbled("it has more parts than the request"));
        }
        results.push(match operation {
            GET_DATA => Read::Data(rest.bytes()?.to_vec(), Stat::read(rest)?),
            GET_CHILDREN => Read::Children(rest.texts()?),
            ERROR => {
                rest.int()?;
                Read::Failed
            }
            _ => return Err(Error::Garbled("it has a part that was not asked for")),
        });
    }
}

/// Returns the first error of a change, which then has not taken place.
fn done(rest: &mut Rest<'_>) -> Result<(), Error> {
    for _ in 0..2 {
        let (operation, is_end, _code) = (rest.int()?, rest.flag()?, rest.int()?);
        match operation {
            _ if is_end => return Err(Error::Garbled(FEWER)),
            DELETE => {}
            CREATE => drop(rest.text()?),
            ERROR => match rest.int()? {
                0 => {}
                code => return Err(Error::of(code)),
            },
            _ => return Err(Error::Garbled("it has a part that was not asked for")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_the_parts_of_its_request() {
        let failed = part(Written::default(), ERROR, false).int(-101);
        let end = part(Written::default(), ERROR, true);
        let read = |written: &Written, asked| {
            results(&mut Rest::new(&written.framed()[4..]), asked).map(|results| results.len())
        };
        assert_eq!(read(&failed.clone().then(&end), 1).unwrap(), 1);
        let many = (0..3).fold(Written::default(), |all, _| all.then(&failed)).then(&end);
        assert!(matches!(read(&many, 2), Err(Error::Garbled("it has more parts than the request"))));
        assert!(matches!(read(&failed, 1), Err(Error::Garbled("it ends too early"))));
        // Otherwise the members at its end would be gone without an error.
        assert!(matches!(read(&failed.clone().then(&end), 2), Err(Error::Garbled(FEWER))));
        let other = part(Written::default(), CREATE, false).then(&end);
        assert!(matches!(read(&other, 1), Err(Error::Garbled("it has a part that was not asked for"))));
    }

    #[test]
    fn a_change_that_was_refused_is_an_error() {
        let code = |code| part(Written::default(), ERROR, false).int(code);
        let end = part(Written::default(), ERROR, true);
        let read = |written: Written| done(&mut Rest::new(&written.then(&end).framed()[4..]));
        let deleted = part(Written::default(), DELETE, false);
        assert!(read(part(deleted, CREATE, false).text("/a")).is_ok());
        assert!(matches!(read(code(0).then(&code(-110))), Err(Error::NodeExists)));
        assert!(
            matches!(read(Written::default()), Err(Error::Garbled(FEWER))),
            "it is not taken for a change"
        );
        assert!(matches!(read(code(-103).then(&code(-2))), Err(Error::BadVersion)));
    }
}

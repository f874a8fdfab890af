use etcd_client::{Client, GetOptions, GetResponse, KvClient};

use super::errors::{EtcdError, is_too_long};
use super::servers::answer;

/// The bytes of the largest answer that is read: more than etcd's own limit for a write, less than harm.
const LARGEST: usize = 16 << 20;

/// The number of keys of one request.
const AT_ONCE: i64 = 2_000;

/// All keys below the root, as of one revision, page by page.
///
/// Another program may have written values of the greatest length, a megabyte each, and these must not hide the fleet.
/// So a page that would be too long is requested again with a sixteenth of the keys.
pub(super) struct Pages {
    store: KvClient,
    /// The next key, and the key after the last one.
    next: Option<Vec<u8>>,
    end: Vec<u8>,
    at_once: i64,
    /// The revision of the first page, which later pages use, too.
    pub(super) revision: i64,
}

impl Pages {
    pub(super) fn new(root: &str, client: &Client) -> Self {
        let store = client.kv_client().max_decoding_message_size(LARGEST);
        // `0` is the character after `/`.
        let (first, end) = (format!("{root}/").into_bytes(), format!("{root}0").into_bytes());
        Self { store, next: Some(first), end, at_once: AT_ONCE, revision: 0 }
    }

    /// Returns the next page; `None` after the last one.
    pub(super) async fn next(&mut self) -> Result<Option<GetResponse>, EtcdError> {
        let Some(begin) = self.next.take() else { return Ok(None) };
        let page = loop {
            let mut options = GetOptions::new().with_range(self.end.clone()).with_limit(self.at_once);
            if self.revision > 0 {
                options = options.with_revision(self.revision);
            }
            match answer(self.store.get(begin.clone(), Some(options))).await {
                Err(EtcdError::Etcd(error)) if is_too_long(&error) && self.at_once > 1 => {
                    self.at_once = (self.at_once / 16).max(1);
                }
                read => break read?,
            }
        };
        if self.revision == 0 {
            self.revision = page.header().map_or(0, etcd_client::ResponseHeader::revision);
        }
        if page.more()
            && let Some(last) = page.kvs().last()
        {
            // The least key after it.
            self.next = Some([last.key(), &[0]].concat());
            self.at_once = AT_ONCE.min(self.at_once * 2);
        }
        Ok(Some(page))
    }
}

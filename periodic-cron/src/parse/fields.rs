/// The start and end of the fields found, up to the seventh.
pub(super) struct Fields {
    pub(super) ends: [(usize, usize); 7],
    pub(super) count: usize,
}

pub(super) const fn split(text: &[u8]) -> Fields {
    let mut fields = Fields { ends: [(0, 0); 7], count: 0 };
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while at < text.len() && !text[at].is_ascii_whitespace() {
            at += 1;
        }
        if at > start {
            if fields.count < 7 {
                fields.ends[fields.count] = (start, at);
            }
            fields.count += 1;
        } else {
            at += 1;
        }
    }
    fields
}

pub(super) const fn last_end(text: &[u8]) -> usize {
    text.trim_ascii_end().len()
}

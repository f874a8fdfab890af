use core::fmt;

/// The rows that lead to a task: one of each manager on the way.
///
/// Few paths are longer than three. Short ones lie in the task itself, so that a call among very many tasks needs no
/// further look-up.
#[derive(Clone)]
pub(crate) enum Path {
    Short { length: u8, rows: [u32; MOST] },
    Long(Box<Box<[u32]>>),
}

const MOST: usize = 3;

impl Path {
    pub(crate) fn rows(&self) -> &[u32] {
        match self {
            Self::Short { length, rows } => rows.get(..usize::from(*length)).unwrap_or(rows),
            Self::Long(rows) => rows,
        }
    }
}

impl Default for Path {
    fn default() -> Self {
        Self::Short { length: 0, rows: [0; MOST] }
    }
}

impl FromIterator<u32> for Path {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Self {
        let (mut all, mut rows, mut length) = (all.into_iter().fuse(), [0; MOST], 0);
        for (place, row) in rows.iter_mut().zip(&mut all) {
            (*place, length) = (row, length + 1);
        }
        match all.next() {
            None => Self::Short { length, rows },
            Some(more) => Self::Long(Box::new(rows.into_iter().chain([more]).chain(all).collect())),
        }
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.rows() == other.rows()
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_all_rows_however_many() {
        for length in 0..8 {
            let rows: Vec<u32> = (1..=length).collect();
            let path: Path = rows.iter().copied().collect();
            assert_eq!((path.rows(), format!("{path:?}")), (&rows[..], format!("{rows:?}")));
        }
        assert_eq!(size_of::<Path>(), size_of::<Box<[u32]>>());
    }
}

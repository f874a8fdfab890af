/// A sorter of row numbers without duplicates.
#[derive(Debug, Default)]
pub(crate) struct RowSet {
    /// A bit for each number, all zero between two uses.
    marked: Vec<u64>,
}

/// The number of marks that take about as long as the scan of one word.
const PER_WORD: usize = 8;

impl RowSet {
    pub(crate) fn sort(&mut self, numbers: &mut Vec<u32>) {
        if numbers.is_sorted_by(|before, after| before < after) {
            return;
        }
        let Some(greatest) = numbers.iter().max() else { return };
        let words = *greatest as usize / 64 + 1;
        if numbers.len() < 64 || numbers.len() * PER_WORD < words {
            numbers.sort_unstable();
            numbers.dedup();
            return;
        }
        if self.marked.len() < words {
            self.marked.resize(words, 0);
        }
        for number in numbers.drain(..) {
            self.marked[number as usize / 64] |= 1 << (number % 64);
        }
        for (place, word) in (0..).zip(&mut self.marked[..words]) {
            let mut left = core::mem::take(word);
            while left != 0 {
                numbers.push(place * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::mix;

    #[test]
    fn few_and_many_come_out_in_order_and_once() {
        let mut set = RowSet::default();
        for (count, range) in
            [(0, 1), (1, 9), (63, 40), (64, 70), (500, 300), (500, 1_000_000), (4_000, 50_000)]
        {
            let mut some: Vec<u32> = (0..count).map(|at| u32::try_from(mix(at) % range).unwrap()).collect();
            let mut right = some.clone();
            right.sort_unstable();
            right.dedup();
            set.sort(&mut some);
            assert_eq!(some, right, "{count} of {range}");
        }
    }
}

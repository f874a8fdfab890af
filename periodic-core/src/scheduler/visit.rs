/// Whether a slot at the very instant is meant too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upto {
    Before,
    Including,
}

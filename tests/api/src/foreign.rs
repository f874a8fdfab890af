//! The items of other crates of this workspace. rustdoc names them by the module in which they are written, which is
//! private and may change; their crate and name are what users see.

const OURS: &str = "periodic";

/// Leaves out the modules of items that are of another crate of ours than `here`.
pub(crate) fn shortened(line: &str, here: &str) -> String {
    let mut short = String::with_capacity(line.len());
    for path in line.split_inclusive(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '_' | ':'))) {
        let mut names = path.split("::");
        let first = names.next().unwrap_or_default();
        short.push_str(first);
        let is_foreign = first.starts_with(OURS) && first != here;
        for name in names.skip_while(|name| is_foreign && name.starts_with(char::is_lowercase)) {
            short.push_str("::");
            short.push_str(name);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn modules_of_other_crates_are_left_out() {
        assert_eq!(
            shortened(
                "pub fn periodic_runtime::a::F::g(&self, impl periodic_core::time::clock::Clock) -> core::fmt::Result",
                "periodic_runtime"
            ),
            "pub fn periodic_runtime::a::F::g(&self, impl periodic_core::Clock) -> core::fmt::Result"
        );
        assert_eq!(shortened("<M as periodic_core::a::B>::C", "periodic"), "<M as periodic_core::B>::C");
    }
}

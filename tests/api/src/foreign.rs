//! The items of other crates of this workspace. rustdoc names them by their source module, which is private and may
//! change. Users see only their crate and name.

const OURS: &str = "periodic";

/// Removes the modules of items of this workspace's crates other than `here`.
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

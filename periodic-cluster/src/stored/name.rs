use crate::url::decoded;

/// What the record of `service` on `host` is called. It has no `/`, and is never `.` or `..`.
pub(crate) fn name(service: &str, host: &str) -> String {
    format!("{}@{}", encoded(service), encoded(host))
}

/// The bytes of the longest name: of each byte three, and one between two names.
const LONGEST: usize = 2 * 3 * periodic_text::name::LONGEST + 1;

/// The service and the host of a name; `None` if it is not one of ours.
pub(crate) fn names(name: &str) -> Option<(String, String)> {
    if name.len() > LONGEST {
        return None;
    }
    let (service, host) = name.split_once('@')?;
    Some((decoded(service).ok()?, decoded(host).ok()?))
}

/// With each byte that could mean something to an engine as `%` and two hexadecimal digits.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let each = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") };
    text.bytes().map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for (service, host) in
            [("nova-compute", "node-1"), ("a/b", "c@d"), ("50%", ""), ("..", "."), ("Dienst\n", "Knöten")]
        {
            let name = name(service, host);
            assert!(!name.contains('/') && name.is_ascii(), "{name}");
            assert_eq!(names(&name), Some((service.to_owned(), host.to_owned())), "{name}");
        }
        assert_eq!(name("nova-compute", "node-1"), "nova-compute@node-1");
        assert_eq!(names("lost+found"), None);
        assert_eq!(names(&name("nova-compute", &"x".repeat(1 << 20))), None);
    }
}

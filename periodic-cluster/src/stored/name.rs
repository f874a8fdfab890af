use crate::url::decoded;

/// Returns the name of the record of `service` on `host`. It has no `/`, and is never `.` or `..`.
pub(crate) fn name(service: &str, host: &str) -> String {
    format!("{}@{}", encoded(service), encoded(host))
}

/// The bytes of the longest name: three for each byte of both parts, and one between them.
const LONGEST: usize = 2 * 3 * periodic_text::name::LONGEST + 1;

/// Returns the service and the host of a name; `None` if it has another form.
pub(crate) fn names(name: &str) -> Option<(String, String)> {
    if name.len() > LONGEST {
        return None;
    }
    let (service, host) = name.split_once('@')?;
    Some((decoded(service).ok()?, decoded(host).ok()?))
}

/// Encodes each byte that may have a meaning for an engine as `%` and two hexadecimal digits.
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

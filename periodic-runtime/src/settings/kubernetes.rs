//! Variables that Kubernetes injects into each pod for each Service. A Service whose name begins with the settings'
//! prefix must not prevent the start.

/// Whether Kubernetes gives a variable this name for some Service, also for one named like the prefix.
///
/// For a Service `NAME` these are `NAME_SERVICE_HOST`, `NAME_SERVICE_PORT`, `NAME_SERVICE_PORT_HTTP`, `NAME_PORT` and
/// `NAME_PORT_80_TCP`, the last also followed by `_PROTO`, `_PORT` or `_ADDR`.
pub(super) fn is_injected(prefix: &str, name: &str, value: &str) -> bool {
    let Some(rest) = name.strip_prefix(prefix) else { return false };
    // With a leading underscore, so that the Service's name may be the prefix or longer.
    let rest = format!("_{}", rest.trim_start_matches('_'));
    let is_called_like_the_prefix = rest == "_PORT" || rest.starts_with("_PORT_");
    is_called_like_the_prefix
        || rest.ends_with("_SERVICE_HOST")
        || rest.ends_with("_SERVICE_PORT")
        || rest.contains("_SERVICE_PORT_")
        || (rest.ends_with("_PORT")
            && ["tcp://", "udp://", "sctp://"].iter().any(|url| value.starts_with(url)))
        || names_a_port(&rest)
}

/// Whether the name has the form `.._PORT_80_TCP..`.
fn names_a_port(name: &str) -> bool {
    name.match_indices("_PORT_").any(|(at, before)| {
        let number = &name[at + before.len()..];
        let behind = number.trim_start_matches(|sign: char| sign.is_ascii_digit());
        behind.len() < number.len() && ["_TCP", "_UDP", "_SCTP"].iter().any(|kind| behind.starts_with(kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ServiceOption;

    #[test]
    fn a_service_called_like_the_prefix_or_longer_injects_them() {
        for service in ["PERIODIC", "PERIODIC_API", "PERIODIC_TASKS"] {
            for (name, value) in [
                ("SERVICE_HOST", "10.0.0.11"),
                ("SERVICE_PORT", "6379"),
                ("SERVICE_PORT_HTTP", "6379"),
                ("PORT", "tcp://10.0.0.11:6379"),
                ("PORT_6379_TCP", "tcp://10.0.0.11:6379"),
                ("PORT_6379_TCP_PROTO", "tcp"),
                ("PORT_6379_TCP_PORT", "6379"),
                ("PORT_53_UDP_ADDR", "10.0.0.11"),
            ] {
                assert!(is_injected("PERIODIC_", &format!("{service}_{name}"), value), "{service}_{name}");
                assert!(is_injected("PERIODIC", &format!("{service}_{name}"), value), "{service}_{name}");
                assert!(!is_injected("NOVA_", &format!("{service}_{name}"), value));
            }
        }
    }

    #[test]
    fn mistakes_and_options_are_none_of_them() {
        for name in [
            "COLOUR",
            "METRICS_PORT",
            "PORTS",
            "SERVICE_HOSTS",
            "IMPORT_1_TCP",
            "REPORT_INTERVALL",
            "X_PORT_A_TCP",
        ] {
            assert!(!is_injected("PERIODIC_", &format!("PERIODIC_{name}"), "9000"), "{name}");
        }
        for option in ServiceOption::ALL {
            let name = option.name.to_uppercase();
            let name = name.strip_prefix("PERIODIC_").unwrap_or(&name);
            assert!(!is_injected("PERIODIC_", &format!("PERIODIC_{name}"), "9000"), "{name}");
        }
    }
}

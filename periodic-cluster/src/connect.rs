use std::sync::Arc;
use std::time::Duration;

use periodic_text::quoted;

use crate::any_membership::AnyMembership;
use crate::checked::Checked;
use crate::{MembershipError, MembershipErrorKind, MembershipUrl, memory};

/// The known schemes, the feature that each needs, and whether it is on.
const SCHEMES: [(&str, &str, bool); 11] = [
    ("memory", "", true),
    ("sqlite", "sqlite", cfg!(feature = "sqlite")),
    ("postgres", "postgres", cfg!(feature = "postgres")),
    ("postgresql", "postgres", cfg!(feature = "postgres")),
    ("zookeeper", "zookeeper", cfg!(feature = "zookeeper")),
    ("zookeeper+tls", "zookeeper-tls", cfg!(feature = "zookeeper-tls")),
    ("etcd", "etcd", cfg!(feature = "etcd")),
    ("etcd+https", "etcd", cfg!(feature = "etcd")),
    ("memcached", "memcached", cfg!(feature = "memcached")),
    ("conductor+https", "conductor", cfg!(feature = "conductor")),
    ("conductor+http", "conductor", cfg!(feature = "conductor")),
];

/// Connects to the engine of `url`. Signs of life that expire by themselves do so after `down_time`.
pub(crate) async fn connect(
    url: &MembershipUrl,
    down_time: Duration,
) -> Result<Arc<dyn AnyMembership>, MembershipError> {
    // Used only by those engines.
    let _ = down_time;
    Ok(match url.scheme() {
        "memory" => Arc::new(Checked::new(memory::connect(url)?)),
        #[cfg(feature = "sqlite")]
        "sqlite" => Arc::new(Checked::new(crate::sqlite::SqliteMembership::connect(url).await?)),
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => Arc::new(Checked::new(crate::postgres::connect(url).await?)),
        #[cfg(feature = "zookeeper")]
        "zookeeper" => Arc::new(Checked::new(crate::zookeeper::connect(url, down_time).await?)),
        #[cfg(feature = "zookeeper-tls")]
        "zookeeper+tls" => Arc::new(Checked::new(crate::zookeeper::connect(url, down_time).await?)),
        #[cfg(feature = "etcd")]
        "etcd" | "etcd+https" => Arc::new(Checked::new(crate::etcd::connect(url, down_time).await?)),
        #[cfg(feature = "memcached")]
        "memcached" => Arc::new(Checked::new(crate::memcached::connect(url, down_time).await?)),
        #[cfg(feature = "conductor")]
        "conductor+https" | "conductor+http" => Arc::new(Checked::new(crate::conductor::connect(url).await?)),
        scheme => return Err(not_built_in(scheme)),
    })
}

fn not_built_in(scheme: &str) -> MembershipError {
    let text = if let Some((_, feature, _)) = SCHEMES.iter().find(|(known, ..)| *known == scheme) {
        format!("`{scheme}:` is not built in: turn on the feature `{feature}` of `periodic-tasks`")
    } else {
        let built_in: Vec<&str> = SCHEMES.iter().filter(|(.., on)| *on).map(|(scheme, ..)| *scheme).collect();
        let meant = periodic_text::nearest(scheme, &SCHEMES, |(known, ..)| [*known])
            .map(|(meant, ..)| format!("; did you mean `{meant}`?"))
            .unwrap_or_default();
        format!(
            "no engine is called `{}`; expected one of `{}`{meant}",
            quoted(scheme),
            built_in.join("`, `")
        )
    };
    MembershipError::new(MembershipErrorKind::Url, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_that_is_not_there() {
        let error = not_built_in("sqlit");
        assert_eq!(error.kind(), MembershipErrorKind::Url);
        let text = error.to_string();
        assert!(text.starts_with("no engine is called `sqlit`; expected one of `memory`"), "{text}");
        assert!(text.ends_with("did you mean `sqlite`?"), "{text}");
        assert_eq!(
            not_built_in("etcd").to_string(),
            "`etcd:` is not built in: turn on the feature `etcd` of `periodic-tasks`",
        );
        assert_eq!(
            not_built_in("zookeeper+tls").to_string(),
            "`zookeeper+tls:` is not built in: turn on the feature `zookeeper-tls` of `periodic-tasks`",
        );
    }
}

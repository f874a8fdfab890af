use std::fmt;
use std::sync::Arc;

use periodic_core::task::NameError;
use periodic_runtime::boxed::{BoxError, chain};
use periodic_text::{LONGEST_TEXT, bounded, quoted};

use crate::Member;
use crate::harmless::harmless;

/// The reason why a call of an engine failed: the kind of failure, a text, and the cause.
///
/// No text contains a password or a token. `Debug` prints the text of `Display` and the causes, because `main` prints a
/// returned error by `Debug`. Clones share the cause.
#[derive(Clone)]
pub struct MembershipError {
    kind: MembershipErrorKind,
    text: String,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of failures that callers may handle differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MembershipErrorKind {
    /// The URL cannot be used.
    Url,
    /// The store cannot be reached, or does not answer in time. A later call may succeed.
    Unavailable,
    /// The store answers, but refuses the call, or has unexpected content.
    Store,
    /// A host, a service or a topic has an invalid name.
    Name,
    /// No record has this host and service.
    Unknown,
    /// The process has left.
    NotJoined,
    /// The engine does not offer this call.
    NotOffered,
}

impl MembershipError {
    /// Creates an error without a cause. The text is cut after 8 KiB.
    pub fn new(kind: MembershipErrorKind, text: impl Into<String>) -> Self {
        Self { kind, text: cut_text(text.into()), cause: None }
    }

    /// Returns the error with this cause. A cause whose text has control characters, or more than 8 KiB, becomes that
    /// text only, escaped and cut: a store's server may have written it.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<BoxError>) -> Self {
        Self { cause: Some(harmless(cause.into()).into()), ..self }
    }

    /// Returns the kind of the failure.
    pub fn kind(&self) -> MembershipErrorKind {
        self.kind
    }

    /// Creates the error that `host` and `service` have no record among `known`, with the nearest name as a suggestion.
    ///
    /// An engine leaves `known` empty: [`ServiceGroup`](crate::ServiceGroup) adds the suggestion.
    ///
    /// # Examples
    /// ```
    /// use periodic_cluster::MembershipError;
    ///
    /// let error = MembershipError::unknown("node-1", "nova-compute", &[]);
    /// assert_eq!(error.to_string(), "no service `nova-compute` on host `node-1` has a record");
    /// ```
    pub fn unknown(host: &str, service: &str, known: &[Member]) -> Self {
        let of_service = known.iter().filter(|member| member.binary == service);
        let on_host = known.iter().filter(|member| member.host == host);
        let host_meant = periodic_text::nearest(host, of_service, |member| [member.host.as_str()])
            .map(|meant| format!("; did you mean the host `{}`?", quoted(&meant.host)));
        let service_meant = || {
            periodic_text::nearest(service, on_host, |member| [member.binary.as_str()])
                .map(|meant| format!("; did you mean the service `{}`?", quoted(&meant.binary)))
        };
        let meant = host_meant.or_else(service_meant).unwrap_or_default();
        let (service, host) = (quoted(service), quoted(host));
        let text = format!("no service `{service}` on host `{host}` has a record{meant}");
        Self::new(MembershipErrorKind::Unknown, text)
    }

    /// Creates the error that `host`'s `service` beats in a process that has left.
    pub fn not_joined(host: &str, service: &str) -> Self {
        let (service, host) = (quoted(service), quoted(host));
        let text = format!(
            "this process has left: `{service}` on host `{host}` must join before its next heartbeat"
        );
        Self::new(MembershipErrorKind::NotJoined, text)
    }
}

impl From<NameError> for MembershipError {
    fn from(error: NameError) -> Self {
        Self::new(MembershipErrorKind::Name, error.to_string())
    }
}

/// Cuts a text that is kept with an error: many errors may be kept.
pub(crate) fn cut_text(text: String) -> String {
    if text.len() > LONGEST_TEXT { bounded(LONGEST_TEXT, format_args!("{text}")) } else { text }
}

impl fmt::Debug for MembershipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain(self))
    }
}

impl fmt::Display for MembershipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for MembershipError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let cause = std::io::Error::other("no route");
        let error =
            MembershipError::new(MembershipErrorKind::Unavailable, "the store is away").caused_by(cause);
        assert_eq!(error.to_string(), "the store is away");
        assert_eq!(format!("{error:?}"), "the store is away: no route");
    }
}

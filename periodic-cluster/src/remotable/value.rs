/// The arguments or the result of a remotable method, as they are sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(pub(crate) serde_json::Value);

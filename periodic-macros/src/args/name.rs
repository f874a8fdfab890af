use syn::LitStr;
use syn::parse::ParseStream;

use super::Value;

/// `name = "…"`: what stands between the dots of a full task name.
impl Value for String {
    const FORM: &'static str = "= \"audit\"";

    fn read(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(LitStr) {
            return Err(input.error("expected a name in quotes"));
        }
        let literal: LitStr = input.parse()?;
        let name = literal.value();
        let problem = if name.is_empty() {
            "a name cannot be empty"
        } else if name.contains('.') {
            "a name cannot contain `.`, which parts the fields in a full name such as `Manager.driver.poll`"
        } else if name.contains(char::is_whitespace) {
            "a name cannot contain white space: settings and logs name tasks too"
        } else {
            return Ok(name);
        };
        Err(syn::Error::new(literal.span(), problem))
    }
}

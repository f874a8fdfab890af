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
        if name.contains('.') {
            let problem = "a name cannot contain `.`, which parts the fields in a full name such as `Manager.driver.poll`";
            return Err(syn::Error::new(literal.span(), problem));
        }
        match periodic_text::name::problem(&name) {
            Some(problem) => Err(syn::Error::new(literal.span(), problem)),
            None => Ok(name),
        }
    }
}

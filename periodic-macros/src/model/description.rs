use syn::{Expr, ExprLit, Lit, Meta};

use super::attributes::RawAttribute;

/// Returns the doc comment without its indentation.
pub(super) fn read(attributes: &[RawAttribute]) -> String {
    let mut written = String::new();
    for attribute in attributes {
        if attribute.is("doc")
            && let Ok(Meta::NameValue(doc)) = syn::parse2(attribute.content())
            && let Some(text) = text(doc.value)
        {
            written += &text;
            written.push('\n');
        }
    }
    let mut common = usize::MAX;
    for line in written.lines() {
        let text = line.trim_start();
        if !text.is_empty() {
            common = common.min(line.len() - text.len());
        }
    }
    let mut description = String::with_capacity(written.len());
    for line in written.lines() {
        description += line.get(common..).unwrap_or("").trim_end();
        description.push('\n');
    }
    description.trim().to_owned()
}

fn text(value: Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(group) => text(*group.expr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_description_loses_its_indentation() {
        let attributes = quote!(#[doc = " One."] #[doc = ""] #[doc = "   more"] #[inline] #[doc(hidden)]);
        let attributes = RawAttribute::take_all(&mut attributes.into_iter().peekable());
        assert_eq!(read(&attributes), "One.\n\n  more");
    }
}

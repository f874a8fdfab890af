use syn::{Expr, ExprLit, Lit, Meta};

use super::attributes::RawAttribute;

/// The doc comment, without its indentation.
pub(super) fn read(attributes: &[RawAttribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.is("doc")).filter_map(|attribute| {
        let meta = syn::parse2::<Meta>(attribute.content()).ok()?;
        match meta {
            Meta::NameValue(doc) => text(doc.value),
            _ => None,
        }
    });
    let text: Vec<String> = lines.collect();
    let lines: Vec<&str> = text.iter().flat_map(|text| text.split('\n')).collect();
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("").trim_end()).collect();
    lines.join("\n").trim().to_owned()
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

use periodic_cron::Cron;
use syn::LitStr;

/// Says what is wrong with an expression in quotes.
pub(super) fn check(literal: &LitStr) -> syn::Result<()> {
    let text = literal.value();
    let Err(error) = Cron::parse(&text) else { return Ok(()) };
    if text.trim().is_empty() {
        return Err(syn::Error::new(literal.span(), error));
    }
    // A part of a literal cannot be underlined, so the message shows the place itself.
    Err(syn::Error::new(literal.span(), format_args!("{error}\n{}", error.caret(&text))))
}

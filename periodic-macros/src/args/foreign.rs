use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Lit, Token};

use Unit::{Days, Hours, Millis, Minutes, Seconds};

/// The unit of another framework's argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Millis,
    Seconds,
    Minutes,
    Hours,
    Days,
}

/// The durations of other frameworks: their word, their unit, the argument here, and the argument to add.
///
/// Spring's are in camel case and milliseconds. Numbers are seconds here, so an advice with the name alone would
/// mislead.
const FOREIGN: [(&str, Unit, &str, &str); 20] = [
    ("fixedRate", Millis, "spacing", ""),
    ("fixed_rate", Millis, "spacing", ""),
    ("fixedRateString", Millis, "spacing", ""),
    ("fixedDelay", Millis, "spacing", ", from = finish"),
    ("fixed_delay", Millis, "spacing", ", from = finish"),
    ("fixedDelayString", Millis, "spacing", ", from = finish"),
    ("initialDelay", Millis, "initial_delay", ""),
    ("initialDelayString", Millis, "initial_delay", ""),
    ("interval_ms", Millis, "spacing", ""),
    ("period_ms", Millis, "spacing", ""),
    ("every_ms", Millis, "spacing", ""),
    ("millis", Millis, "spacing", ""),
    ("milliseconds", Millis, "spacing", ""),
    ("interval_secs", Seconds, "spacing", ""),
    ("interval_seconds", Seconds, "spacing", ""),
    ("secs", Seconds, "spacing", ""),
    ("seconds", Seconds, "spacing", ""),
    ("minutes", Minutes, "spacing", ""),
    ("hours", Hours, "spacing", ""),
    ("days", Days, "spacing", ""),
];

/// Creates the error with the argument to write instead; `None` if `key` is no word of another framework.
pub(super) fn refused(key: &Ident, input: ParseStream<'_>) -> Option<syn::Error> {
    let word = key.to_string();
    let (_, unit, argument, more) = FOREIGN.into_iter().find(|(foreign, ..)| *foreign == word)?;
    let advice = match value(unit, input) {
        Some(value) => format!("did you mean `{argument} = {value}{more}`?"),
        None => format!("did you mean `{argument}{more}`?"),
    };
    let seconds = match unit {
        Millis => " A number counts seconds here, not milliseconds",
        _ => "",
    };
    Some(syn::Error::new(
        key.span(),
        format_args!("`periodic_task` has no argument `{word}`; {advice}{seconds}"),
    ))
}

/// Returns the same time in the form of this crate, if it is a literal.
fn value(unit: Unit, input: ParseStream<'_>) -> Option<String> {
    input.parse::<Token![=]>().ok()?;
    let number: u64 = match input.parse::<Lit>().ok()? {
        Lit::Int(number) => number.base10_parse().ok()?,
        Lit::Str(text) => match text.value().parse() {
            Ok(number) => number,
            Err(_) => {
                return periodic_text::duration::parse(&text.value())
                    .is_ok()
                    .then(|| format!("{:?}", text.value()));
            }
        },
        _ => return None,
    };
    Some(match unit {
        Millis if number.is_multiple_of(1000) => (number / 1000).to_string(),
        Millis => format!("\"{number}ms\""),
        Seconds => number.to_string(),
        Minutes => format!("\"{number}m\""),
        Hours => format!("\"{number}h\""),
        Days => format!("\"{number}d\""),
    })
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Span, TokenStream};
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn said(word: &str, value: TokenStream) -> String {
        let key = Ident::new(word, Span::call_site());
        let read = |input: ParseStream<'_>| {
            let said = refused(&key, input).map(|error| error.to_string()).unwrap_or_default();
            input.parse::<TokenStream>()?;
            Ok(said)
        };
        read.parse2(value).unwrap()
    }

    #[test]
    fn the_same_time_is_proposed_in_the_unit_of_here() {
        for (word, value, expected) in [
            ("fixedRate", quote!(= 5000), "`spacing = 5`"),
            ("fixed_delay", quote!(= 1_500), "`spacing = \"1500ms\", from = finish`"),
            ("fixedRateString", quote!(= "5000"), "`spacing = 5`"),
            ("initialDelay", quote!(= "5s"), "`initial_delay = \"5s\"`"),
            ("fixed_rate", quote!(= PERIOD), "`spacing`"),
            ("fixed_rate", quote!(= "${rate}"), "`spacing`"),
            ("seconds", quote!(= 90), "`spacing = 90`"),
            ("hours", quote!(= 2), "`spacing = \"2h\"`"),
        ] {
            let said = said(word, value);
            assert!(said.contains(expected), "{word}: {said}");
            assert_eq!(
                said.contains("not milliseconds"),
                !["seconds", "hours"].contains(&word),
                "{word}: {said}"
            );
        }
        assert_eq!(said("interval", quote!(= 5)), "");
    }
}

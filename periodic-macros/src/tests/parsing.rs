//! The cost of reading an `impl`, compared with a full parse. It asserts nothing; `benches/macro_cost.sh` runs it.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;
use syn::ItemImpl;

use crate::errors::Errors;
use crate::model::Manager;

/// Creates an `impl` of `methods` tasks, with bodies of a few lines.
fn item(methods: usize) -> TokenStream {
    let mut text = String::from("impl Manager {");
    for index in 0..methods {
        let spacing = 10 + index % 90;
        write!(
            text,
            r#"
            #[periodic_task(spacing = {spacing}, run_immediately, jitter = "5%")]
            async fn task_{index}(&self) -> Result<(), String> {{
                let before = self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if before % 7 == {index} % 7 {{
                    return Err(format!("run {{before}} of task {index} failed"));
                }}
                let words: Vec<String> = (0..before % 3).map(|word| word.to_string()).collect();
                if words.len() > 5 {{
                    tracing::info!(count = words.len(), "{{}}", words.join(" "));
                }}
                Ok(())
            }}
            "#,
        )
        .unwrap();
    }
    text.push('}');
    text.parse().unwrap()
}

/// Returns the median time of a call.
fn median<T>(tokens: &TokenStream, call: impl Fn(TokenStream) -> T) -> Duration {
    let mut times: Vec<_> = (0..9)
        .map(|_| {
            let tokens = tokens.clone();
            let start = Instant::now();
            let read = black_box(call(tokens));
            let time = start.elapsed();
            drop(read);
            time
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

#[test]
#[ignore = "a measurement: cargo test -p periodic-macros -- --ignored --nocapture parsing"]
#[allow(clippy::print_stdout)]
fn parsing() {
    for methods in [10, 100, 1000] {
        let tokens = item(methods);
        let full = median(&tokens, |tokens| syn::parse2::<ItemImpl>(tokens).unwrap());
        let ours = median(&tokens, |tokens| {
            let mut errors = Errors::new();
            let manager = Manager::read(TokenStream::new(), tokens, &mut errors);
            assert!(errors.finish().is_empty());
            manager
        });
        println!(
            "macro_parse methods={methods} full_us={} ours_us={} ratio={}.{}",
            full.as_micros(),
            ours.as_micros(),
            full.as_nanos() / ours.as_nanos(),
            full.as_nanos() * 10 / ours.as_nanos() % 10
        );
    }
}

#!/usr/bin/env bash
# The cost of `#[periodic_manager]` on an `impl` of 10, 100 and 1000 tasks, in CPU seconds of its crate alone:
#
#   plain   the same methods without the attribute; they are never called, so their bodies are checked but not compiled
#   hand    the same with a `match` by hand that boxes each method's future, which is the least that can call them
#   macro   with the attribute
#
#   benches/macro_cost.sh [ROUNDS]     medians of ROUNDS runs; 3 if none is given
#
# Lines that begin with `macro_parse` and `macro_cost` are for machines. The network is not used.
set -euo pipefail

rounds=${1:-3}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The settings of the caller's shell for cargo would change the figures.
unset RUSTFLAGS CARGO_BUILD_RUSTFLAGS RUSTC_WRAPPER CARGO_BUILD_RUSTC_WRAPPER CARGO_BUILD_JOBS
for variable in $(compgen -e CARGO_PROFILE_ || true); do unset "$variable"; done
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$scratch/target"

mkdir -p "$scratch/manager/src"
cat >"$scratch/manager/Cargo.toml" <<END
[package]
name = "manager"
version = "0.0.0"
edition = "2024"
[dependencies]
periodic-tasks = { path = "$repository" }
[workspace]
END
cp "$repository/Cargo.lock" "$scratch/manager/Cargo.lock"

generate() { # METHODS KIND
    awk -v methods="$1" -v kind="$2" 'BEGIN {
        print "#![allow(dead_code)]\npub struct Manager { count: std::sync::atomic::AtomicU64 }"
        if (kind == "macro") print "#[periodic::periodic_manager]"
        print "impl Manager {"
        for (i = 0; i < methods; i++) {
            if (kind == "macro")
                printf "    #[periodic::periodic_task(spacing = %d, run_immediately, jitter = \"5%%\")]\n", 10 + i % 90
            printf "    async fn task_%d(&self) -> Result<(), String> {\n", i
            print  "        let before = self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);"
            printf "        if before %% 7 == %d {\n", i % 7
            printf "            return Err(format!(\"run {before} of task %d failed\"));\n", i
            print  "        }"
            print  "        let words: Vec<String> = (0..before % 3).map(|word| word.to_string()).collect();"
            print  "        if words.len() > 5 {"
            print  "            return Err(words.join(\" \"));"
            print  "        }"
            print  "        Ok(())"
            print  "    }"
        }
        if (kind == "hand") {
            print "    pub fn call(&self, row: u32) -> Option<std::pin::Pin<Box<dyn Future<Output = Result<(), String>> + Send + \x27_>>> {"
            print "        Some(match row {"
            for (i = 0; i < methods; i++) printf "            %d => Box::pin(self.task_%d()),\n", i, i
            print "            _ => return None,\n        })\n    }"
        }
        print "}"
    }' >"$scratch/manager/src/lib.rs"
}

measure() { # COMMAND: prints the median of the CPU seconds
    local TIMEFORMAT='%3U %3S'
    for ((round = 1; round <= rounds; round++)); do
        touch "$scratch/manager/src/lib.rs"
        { time cargo "$1" --offline --quiet --manifest-path "$scratch/manager/Cargo.toml" 2>"$scratch/errors"; } \
            2>"$scratch/time" || { cat "$scratch/errors" >&2 && return 1; }
        awk '{ printf "%.3f\n", $1 + $2 }' "$scratch/time"
    done | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# Parsing alone, as fast as it is in a debug build; it does not compile a crate of the facade's.
cargo test --offline --quiet --manifest-path "$repository/Cargo.toml" -p periodic-macros -- \
    --ignored --nocapture parsing 2>"$scratch/errors" | grep '^macro_parse' || { cat "$scratch/errors" >&2 && exit 1; }

# The dependencies come first, so that they are in no figure.
generate 1 macro
for command in check build; do
    cargo "$command" --offline --quiet --manifest-path "$scratch/manager/Cargo.toml"
done

printf '%8s %8s %8s %8s %12s %8s %8s\n' methods plain hand macro 'build: plain' hand macro
for methods in 10 100 1000; do
    figures=()
    for command in check build; do
        for kind in plain hand macro; do
            generate "$methods" "$kind"
            figures+=("$(measure "$command")")
        done
    done
    printf '%8s %8s %8s %8s %12s %8s %8s\n' "$methods" "${figures[@]}"
    lines+=("$(printf 'macro_cost methods=%s check_plain_s=%s check_hand_s=%s check_macro_s=%s build_plain_s=%s build_hand_s=%s build_macro_s=%s' \
        "$methods" "${figures[@]}")")
done
printf '%s\n' "${lines[@]}"

#!/usr/bin/env bash
# The cost of the build after an edit of one task's body, in CPU seconds, of two programs with the same tasks:
#
#   attribute   `#[periodic_manager]`, run by a `Runner`
#   hand        for each task a spawned loop of `tokio::time::interval` that logs its errors
#
#   benches/edit_cost.sh [ROUNDS]     medians of ROUNDS edits of each, in turn; 7 if none is given
#
# The lines that it prints are for machines. The network is not used: the crates of the lock file must have
# been fetched.
set -euo pipefail

rounds=${1:-7}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The settings of the caller's shell for cargo would change the figures: these are cargo's own.
unset RUSTFLAGS CARGO_BUILD_RUSTFLAGS RUSTC_WRAPPER CARGO_BUILD_RUSTC_WRAPPER CARGO_BUILD_JOBS CARGO_INCREMENTAL
for variable in $(compgen -e CARGO_PROFILE_ || true); do unset "$variable"; done
export CARGO_TARGET_DIR="$scratch/target"

for kind in attribute hand; do
    mkdir -p "$scratch/$kind/src"
    cp "$repository/Cargo.lock" "$scratch/$kind/Cargo.lock"
    {
        printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n' "$kind"
        echo 'tokio = { version = "1", features = ["macros", "rt-multi-thread", "signal", "sync", "time"] }'
        printf 'tracing = "0.1"\ntracing-subscriber = "0.3"\n'
        if [[ $kind == attribute ]]; then printf 'periodic-tasks = { path = "%s" }\n' "$repository"; fi
    } >"$scratch/$kind/Cargo.toml"
done

generate() { # KIND TASKS EDIT
    awk -v kind="$1" -v tasks="$2" -v edit="$3" 'BEGIN {
        if (kind == "attribute") print "use periodic::prelude::*;\n"
        print "#[derive(Default)]\nstruct Manager { count: std::sync::atomic::AtomicU64 }\n"
        if (kind == "attribute") print "#[periodic_manager]"
        print "impl Manager {"
        for (i = 0; i < tasks; i++) {
            if (kind == "attribute") printf "    #[periodic_task(spacing = %d)]\n", 10 + i % 90
            printf "    async fn task_%d(&self) -> Result<(), String> {\n", i
            print  "        let before = self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);"
            printf "        if before %% 7 == %d {\n", i % 7
            printf "            return Err(format!(\"run {before} of task %d failed, edit %d\"));\n", i, i == 0 ? edit : 0
            print  "        }"
            print  "        let words: Vec<String> = (0..before % 3).map(|word| word.to_string()).collect();"
            print  "        if words.len() > 5 {"
            print  "            return Err(words.join(\" \"));"
            print  "        }"
            print  "        Ok(())"
            print  "    }\n"
        }
        print "}\n"
        print "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {"
        print "    tracing_subscriber::fmt().log_internal_errors(false).init();"
        if (kind == "attribute")
            print "    let _stopped = Runner::builder(Manager::default()).build()?.run_until_signal().await?;"
        else {
            print "    let manager = std::sync::Arc::new(Manager::default());"
            for (i = 0; i < tasks; i++) {
                print  "    let this = std::sync::Arc::clone(&manager);"
                print  "    tokio::spawn(async move {"
                printf "        let mut interval = tokio::time::interval(std::time::Duration::from_secs(%d));\n", 10 + i % 90
                print  "        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);"
                print  "        loop {"
                print  "            interval.tick().await;"
                printf "            if let Err(error) = this.task_%d().await {\n", i
                printf "                tracing::error!(task = \"task_%d\", %%error, \"a run failed\");\n", i
                print  "            }\n        }\n    });"
            }
            print "    tokio::signal::ctrl_c().await?;"
        }
        print "    Ok(())\n}"
    }' >"$scratch/$1/src/main.rs"
}

build() { # KIND [--release]: prints the CPU seconds
    local TIMEFORMAT='%3U %3S' kind=$1
    { time cargo build --offline --quiet "${@:2}" --manifest-path "$scratch/$kind/Cargo.toml" 2>"$scratch/errors"; } \
        2>"$scratch/time" || { cat "$scratch/errors" >&2 && return 1; }
    awk '{ printf "%.3f\n", $1 + $2 }' "$scratch/time"
}

spread() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)], value[1], value[NR] }'; }

measure() { # NAME TASKS [--release]
    local kind round
    for kind in attribute hand; do
        generate "$kind" "$2" 0
        build "$kind" "${@:3}" >/dev/null
        : >"$scratch/$kind.seconds"
    done
    for ((round = 1; round <= rounds; round++)); do
        for kind in attribute hand; do
            generate "$kind" "$2" "$round"
            build "$kind" "${@:3}" >>"$scratch/$kind.seconds"
        done
    done
    local ours theirs
    read -ra ours < <(spread <"$scratch/attribute.seconds")
    read -ra theirs < <(spread <"$scratch/hand.seconds")
    printf '%s attribute_s=%s attribute_min_s=%s attribute_max_s=%s hand_s=%s hand_min_s=%s hand_max_s=%s rounds=%s\n' \
        "$1" "${ours[@]}" "${theirs[@]}" "$rounds"
}

measure edit_1 1
measure edit_100 100
measure release_1 1 --release

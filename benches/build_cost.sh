#!/usr/bin/env bash
# The cost of a cold debug build in CPU seconds: of a crate that depends on `periodic-tasks` with its default features,
# and of one that depends only on the crates that it needs in any case (syn, quote, inventory, tokio, tracing).
#
#   benches/build_cost.sh [ROUNDS]     medians of ROUNDS builds of each, in turn; 7 if none is given
#
# Its last two lines are for machines; the first of them has the cost of each of our crates in one more build. The
# network is not used: the crates of the lock file must have been fetched.
set -euo pipefail

rounds=${1:-7}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The settings of the caller's shell for cargo would change the figures.
unset RUSTFLAGS CARGO_BUILD_RUSTFLAGS RUSTC_WRAPPER CARGO_BUILD_RUSTC_WRAPPER CARGO_TARGET_DIR CARGO_BUILD_JOBS
for variable in $(compgen -e CARGO_PROFILE_ || true); do unset "$variable"; done
# As cargo builds the crates of a registry.
export CARGO_INCREMENTAL=0

package() { # NAME, then the rest of its manifest on the standard input
    mkdir -p "$scratch/$1/src"
    { printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n' "$1" && cat; } >"$scratch/$1/Cargo.toml"
}

package facade <<END
[dependencies]
periodic-tasks = { path = "$repository" }
[workspace]
END
echo 'fn main() {}' >"$scratch/facade/src/main.rs"

# The versions and features of the workspace itself, so that only our own code and its additions make a difference.
workspace=$(sed -n '/^\[workspace.dependencies\]/,/^\[workspace.lints/{/^\[workspace.lints/d;/^periodic-/d;p}' "$repository/Cargo.toml")
tokio=$(sed -n '/^\[dependencies\]/,/^\[/{/^tokio = /p}' "$repository/periodic-runtime/Cargo.toml")
package baseline <<END
[dependencies]
baseline-macros = { path = "../baseline-macros" }
inventory.workspace = true
$tokio
tracing.workspace = true
[workspace]
members = ["../baseline-macros"]
$workspace
END
echo 'fn main() {}' >"$scratch/baseline/src/main.rs"

package baseline-macros <<'END'
workspace = "../baseline"
[lib]
proc-macro = true
[dependencies]
proc-macro2.workspace = true
quote.workspace = true
syn.workspace = true
END
cat >"$scratch/baseline-macros/src/lib.rs" <<'END'
#[proc_macro_attribute]
pub fn same(_: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let item = syn::parse_macro_input!(item as syn::ItemImpl);
    quote::quote!(#item).into()
}
END

# Crates of other systems may not have been fetched.
host=$(rustc -vV | sed -n 's/^host: //p')

prepare() { # NAME
    cp "$repository/Cargo.lock" "$scratch/$1/Cargo.lock"
    # Removes unneeded crates from the lock file.
    cargo metadata --offline --quiet --format-version 1 --filter-platform "$host" --manifest-path "$scratch/$1/Cargo.toml" >"$scratch/$1.json"
}

build() { # NAME: prints the CPU seconds of a cold build
    rm -rf "$scratch/target"
    local TIMEFORMAT='%3U %3S'
    { time cargo build --offline --quiet --manifest-path "$scratch/$1/Cargo.toml" --target-dir "$scratch/target" \
        2>"$scratch/errors"; } 2>"$scratch/time" || { cat "$scratch/errors" >&2 && return 1; }
    awk '{ printf "%.2f\n", $1 + $2 }' "$scratch/time"
}

crates() { # NAME
    cargo tree --offline --quiet --edges normal --prefix none --no-dedupe --manifest-path "$scratch/$1/Cargo.toml" |
        sed 's/ (.*//' | sort -u | wc -l
}

# Times each call of the compiler, which cargo starts with it.
cat >"$scratch/timed" <<'END'
#!/usr/bin/env bash
for argument; do
    if [[ ${before:-} == --crate-name ]]; then crate=$argument; fi
    before=$argument
done
TIMEFORMAT="${crate:-none} %3U %3S"
{ time "$@" 2>&3; } 3>&2 2>>"$TIMED"
END
chmod +x "$scratch/timed"

by_crate() { # NAME: prints the CPU seconds of each crate of ours in a cold build
    : >"$scratch/crates"
    TIMED="$scratch/crates" RUSTC_WRAPPER="$scratch/timed" build "$1" >/dev/null
    awk '{ seconds[$1] += $2 + $3 } END {
        for (crate in seconds) if (crate ~ /^periodic/) printf "%s=%.2f\n", crate, seconds[crate]
    }' "$scratch/crates" | sed 's/^periodic=/periodic_tasks=/' | sort | tr '_' '-' | paste -sd ' '
}

spread() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)], value[1], value[NR] }'; }

for name in baseline facade; do prepare "$name"; done
for ((round = 1; round <= rounds; round++)); do
    for name in baseline facade; do
        seconds=$(build "$name")
        echo "$seconds" >>"$scratch/$name.seconds"
        printf 'round %s: %-8s %6s CPU s\n' "$round" "$name" "$seconds"
    done
done

printf 'build_cost_crates %s\n' "$(by_crate facade)"

read -ra facade < <(spread <"$scratch/facade.seconds")
read -ra baseline < <(spread <"$scratch/baseline.seconds")
printf 'build_cost facade_s=%s facade_min_s=%s facade_max_s=%s baseline_s=%s baseline_min_s=%s baseline_max_s=%s facade_crates=%s baseline_crates=%s rounds=%s\n' \
    "${facade[@]}" "${baseline[@]}" "$(crates facade)" "$(crates baseline)" "$rounds"

# What `make demo` shows: the sample reports built into outputs/, three questions, and where the page lies.
# Needs KG (the command), STORE and OUT.
set -eu

show() { printf '\n$ kg %s\n' "$*"; "$KG" "$@"; }

show build --samples --store "$STORE" --out "$OUT"
export KG_STORE="$STORE"
printf '\n'
cat "$OUT/report.md"
show query claims --param actor=jnim
show query allegiances --param actor=jnim
show query rival-attributions
printf '\nThe network: open %s in a browser.\n' "$(cd "$OUT" && pwd)/network.html"

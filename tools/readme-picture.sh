#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Makes docs/pictures/card.png, the picture in the README: the running card at the width of a
# telephone, three moments beside each other (the first question, one on the way, the finding).
#
#   tools/readme-picture.sh [LANGUAGE]      nl (default) or en; needs python3 and chromium
set -eu
cd "$(dirname "$0")/.."
language=${1:-nl}
sh tools/build.sh build -Dbuildtype=release -Doptimization=2 -Dtests=false -Dbench=false
work=$(mktemp -d)
build/inbeeld serve --listen 127.0.0.1:0 >"$work/address" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
tries=0
until grep -q 'http' "$work/address" || [ $tries -ge 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
done

python3 - "$work" "$language" <<'EOF'
import html, re, sys, urllib.parse, urllib.request

folder, language = sys.argv[1:]
with open(f"{folder}/address", encoding="utf-8") as handle:
    address = re.search(r"http://[\d.:]+", handle.read()).group(0)

def page(path, form=None):
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(address + path, data) as answer:
        return answer.read().decode("utf-8")

style = page("/css/inbeeld.css")

def framed(text):
    """The page with its style inside, so that it stands alone in a frame."""
    text = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", text)
    return f'<iframe srcdoc="{html.escape(text, quote=True)}"></iframe>'

# A boy of fifteen who is stopped with a parcel that is not his; what an officer saw.
moments = [page(f"/{language}/card")]
way = moments[0]
for tap in ["age:teen", "who:police_beat", "where:arrest", "answer:no", "answer:yes", "answer:yes",
            "answer:unknown", "answer:yes", "show"]:
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', way))
    form = {name: html.unescape(value) for name, value in hidden.items()}
    way = page(f"/{language}/card", {**form, "do": tap})
    if tap == "answer:yes" and len(moments) == 1:
        moments.append(way)
moments.append(way)
with open(f"{folder}/picture.html", "w", encoding="utf-8") as handle:
    handle.write("<!doctype html><meta charset=utf-8><style>"
                 "body{margin:0;padding:24px;display:flex;gap:24px;background:#dfe4ea}"
                 "iframe{width:390px;height:800px;border:0;border-radius:18px;background:#fff;"
                 "box-shadow:0 2px 14px #0004}</style>" + "".join(map(framed, moments)))
EOF

mkdir -p docs/pictures
chromium --headless --no-sandbox --disable-dev-shm-usage --disable-gpu --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=1266,848 --screenshot="$work/card.png" \
    "file://$work/picture.html" >"$work/chromium.log" 2>&1 || {
    tail -n 5 "$work/chromium.log" >&2
    exit 3
}
mv "$work/card.png" docs/pictures/card.png
echo "docs/pictures/card.png"

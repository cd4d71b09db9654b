#!/usr/bin/env bash
# Makes docs/first-image.svg, the picture of the README: what its first command prints on the simulator, and the image that it saves.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
unset IMA_API_KEY
prompt="a cute puppy on grass"
picture=docs/first-image.svg
image=out/a-cute-puppy-on-grass.png

rm -f "$image"
command="dotnet run --project samples/ImaNanoBanana.QuickStart -- \"$prompt\""
lines=$(dotnet run --project samples/ImaNanoBanana.QuickStart -- "$prompt")
# The first line says that this is the simulator; it is longer than the picture, so it is broken in two.
lines=${lines/simulator. It draws/simulator.$'\n'It draws}

text() { # X Y CLASS TEXT
  printf '<text x="%s" y="%s" class="%s">%s</text>\n' "$1" "$2" "$3" "$(sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g' <<< "$4")"
}

{
  echo '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="400" viewBox="0 0 1000 400" role="img">'
  echo "<title>The program prints its progress, the price and the size, and saves an image</title>"
  echo '<style>text { font: 14px ui-monospace, "DejaVu Sans Mono", Consolas, monospace; fill: #d6dae0; white-space: pre }'
  echo '.command { fill: #ffd866 } .prompt { fill: #8bc34a }</style>'
  # Its own background and border, for light and dark pages.
  echo '<rect x="1" y="1" width="998" height="398" rx="10" fill="#1e2127" stroke="#6b7280"/>'
  text 24 38 prompt '$'
  text 42 38 command "$command"
  y=70
  while IFS= read -r line; do
    text 24 "$y" output "$line"
    y=$((y + 22))
  done <<< "$lines"
  echo "<image x=\"676\" y=\"76\" width=\"300\" height=\"300\" href=\"data:image/png;base64,$(base64 -w 0 "$image")\"/>"
  echo '</svg>'
} > "$picture"
echo "$picture: $(wc -c < "$picture") bytes"

#!/bin/sh
# The page tests need Chromium and a Chinese font. Install Debian's when we may; else say so in one sentence.
[ -x /usr/bin/chromium ] && fc-list :lang=zh 2>/dev/null | grep -q . && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium and a Chinese font from Debian ..."
  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null && exit 0
fi
echo "The page tests need Chromium (/usr/bin/chromium) and a Chinese font (fonts-noto-cjk): please install both." >&2
exit 1

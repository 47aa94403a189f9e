#!/bin/sh
# Makes the app's resources: R.java, and the resource package that tests run with. Called by Maven.
#   resources.sh FOLDER-FOR-WHAT-IS-MADE FRAMEWORK-JAR
set -eu
made=$1
framework=$2
here=$(dirname "$0")
aapt2=$made/tools/prebuilt/linux/aapt2_64
chmod +x "$aapt2"
mkdir -p "$made/gen-java"
"$aapt2" compile --dir "$here/src/main/res" -o "$made/resources.zip"
"$aapt2" link -I "$framework" --manifest "$here/src/main/AndroidManifest.xml" --java "$made/gen-java" \
    --min-sdk-version 29 --target-sdk-version 35 -o "$made/app.ap_" "$made/resources.zip"

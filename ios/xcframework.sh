#!/bin/bash
# Builds the core for phones and simulators and packs it, with the generated Swift, as target/ios/CitizenCore: the package
# that CitizenKit depends on. Runs on a Mac with Xcode and rustup. Nothing runs it in continuous integration: there is no
# Mac.
set -euo pipefail
cd "$(dirname "$0")/.."

package=target/ios/CitizenCore
generated=target/ios/generated
targets=(aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin)

rustup target add "${targets[@]}"
for target in "${targets[@]}"; do
  cargo build --locked --release --package citizen-bindings --target "$target"
done
cargo build --locked --package citizen-bindings --package citizen-bindings-generator

rm -rf "$package" "$generated"
target/debug/uniffi-bindgen generate --language swift --no-format --config bindings/uniffi.toml \
  --out-dir "$generated" target/debug/libcitizen_bindings.dylib
mkdir -p "$package/Sources/CitizenCore" "$generated/headers/CitizenCoreFFI"
cp ios/CitizenCore/Package.swift "$package/"
cp "$generated/CitizenCore.swift" "$package/Sources/CitizenCore/"
cp "$generated/CitizenCoreFFI.h" "$generated/headers/CitizenCoreFFI/"
cp "$generated/CitizenCoreFFI.modulemap" "$generated/headers/CitizenCoreFFI/module.modulemap"

# Simulators of both kinds of Mac share one library; the Mac's own is for `swift test`.
simulator=target/ios/libcitizen_bindings-simulator.a
lipo -create -output "$simulator" \
  target/{aarch64-apple-ios-sim,x86_64-apple-ios}/release/libcitizen_bindings.a
xcodebuild -create-xcframework -output "$package/CitizenCoreFFI.xcframework" \
  -library target/aarch64-apple-ios/release/libcitizen_bindings.a -headers "$generated/headers" \
  -library "$simulator" -headers "$generated/headers" \
  -library target/aarch64-apple-darwin/release/libcitizen_bindings.a -headers "$generated/headers"

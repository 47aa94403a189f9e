//! Writes the Kotlin and Swift sides of the binding from the built library. A crate of its own, so that what it needs
//! is not linked into the library that ships.

fn main() {
    uniffi::uniffi_bindgen_main();
}

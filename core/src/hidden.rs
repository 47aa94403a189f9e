//! Debug output that says nothing about a person.

/// Implements `Debug` for types that carry what a person wrote, has or is: a log or a panic must not say.
macro_rules! hidden_debug {
    ($($name:ident),* $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )*};
}

//! Signing in over a real socket, and what a person who is signed in sees.

mod pages;
mod registers;
mod serve;
mod tokens;
mod walk;

//! The program `city`: serves the reference city, and lets officers act through its API.

fn main() -> std::process::ExitCode {
    city::commands::run()
}

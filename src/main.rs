//! huntdeck's entry: everything is in the library.

fn main() -> std::process::ExitCode {
    huntdeck::cli::run()
}

//! scratch
mod config;
mod data_folder;
mod observing {
    pub(crate) mod process;
}
fn main() {
    let _ = config::Settings::load(std::path::Path::new("x"), std::env::vars_os());
    let _ = data_folder::DataFolder::take(std::path::Path::new("x")).map(|d| d.path().to_owned());
    let _ = observing::process::ProcessFigures::now().map(|f| f.render(&mut String::new()));
}

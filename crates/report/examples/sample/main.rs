//! Writes a sample report and a sample validation page from made-up waves, to look at the drawing:
//!
//! ```sh
//! cargo run -p cisterna-report --example sample -- /some/folder
//! ```

mod waves;

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    for (name, html) in [
        ("report.html", cisterna_report::render(&waves::page())),
        ("validation.html", cisterna_report::table_page(&waves::validation())),
    ] {
        let path = folder.join(name);
        fs::write(&path, &html)?;
        println!("{} ({} kB)", path.display(), html.len() / 1000);
    }
    Ok(())
}

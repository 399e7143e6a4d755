//! Embeds every document of `models/` and their sources.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("models", &["toml", "bib"])
}

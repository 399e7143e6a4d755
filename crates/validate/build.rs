//! Embeds every document of `validation/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("validation", &["toml"])
}

//! Embeds every document of `claims/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("claims", &["toml"])
}

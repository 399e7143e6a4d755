//! Embeds every course of `courses/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("courses", &["toml"])
}

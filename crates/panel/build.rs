//! Embeds every study of `panels/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("panels", &["toml"])
}

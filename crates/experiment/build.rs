//! Embeds every scenario of `scenarios/`, and the recordings that stand in for missing ones.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("scenarios", &["toml", "csv"])
}

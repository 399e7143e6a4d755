//! Embeds the documents of `anatomy/`: the list of bones and the facts of the bodies that come along.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed("anatomy", &["toml"])
}

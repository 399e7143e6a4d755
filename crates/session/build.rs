//! Embeds every technique and every session that comes along.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cisterna_embed::embed_as("techniques", &["toml"], "techniques.rs")?;
    cisterna_embed::embed_as("sessions", &["toml"], "sessions.rs")
}

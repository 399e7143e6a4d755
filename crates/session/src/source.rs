//! Where documents of techniques and sessions come from: a file, or those that come along.

use std::path::Path;
use std::sync::Arc;

use cisterna_model::document::{Text, allowed};
use cisterna_model::{Problem, Problems};

/// Every technique that comes along, by its file.
static TECHNIQUES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/techniques.rs"));
/// Every session that comes along, by its file.
static SESSIONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sessions.rs"));

/// A kind of document with those that come along.
pub(crate) struct Shelf {
    /// What one of them is called.
    pub what: &'static str,
    /// The folder in which they lie.
    pub folder: &'static str,
    documents: &'static [(&'static str, &'static str)],
}

pub(crate) static TECHNIQUE_SHELF: Shelf =
    Shelf { what: "technique", folder: "techniques", documents: TECHNIQUES };
pub(crate) static SESSION_SHELF: Shelf = Shelf { what: "session", folder: "sessions", documents: SESSIONS };

impl Shelf {
    /// The names of those that come along, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.documents.iter().filter_map(|(file, _)| file.strip_suffix(".toml"))
    }

    /// The text that a person calls `name`: a file, seen from `beside` first, or one that comes along.
    pub fn open(&self, name: &str, beside: Option<&Path>) -> Result<Arc<Text>, Problems> {
        let places = [beside.map(|folder| folder.join(name)), Some(name.into())];
        for path in places.into_iter().flatten() {
            let ended = path.with_extension("toml");
            for path in [path, ended] {
                if path.is_file() {
                    let shown = path.display().to_string();
                    return match std::fs::read_to_string(&path) {
                        Ok(text) => Ok(Arc::new(Text::new(shown, text))),
                        Err(error) => Err(Problem::of_file(shown, format!("cannot be read: {error}")).into()),
                    };
                }
            }
        }
        let bare = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let bare = bare.strip_suffix(".toml").unwrap_or(bare);
        let file = format!("{bare}.toml");
        match self.documents.iter().find(|(known, _)| *known == file) {
            Some((file, text)) => Ok(Arc::new(Text::new(format!("{}/{file}", self.folder), *text))),
            None => {
                let help = format!("{}, or the path of a file", allowed(bare, self.names()));
                Err(Problem::of_file(name, format!("there is no such {}", self.what)).help(help).into())
            }
        }
    }
}

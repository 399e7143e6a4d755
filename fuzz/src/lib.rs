//! What the fuzz targets of the readers have in common: what an answer must be like, whatever the bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cisterna_recording::{ReadError, Recording, open, open_pieces};

/// Stands before the name of each file in an input that holds several.
pub const FILE: &[u8] = b"\n@@ ";
/// Recordings of more samples than this are not read a second time, so that many inputs are tried.
const MOST: usize = 1 << 16;

/// Whatever was read has a clock, and a refusal says why.
pub fn check(read: &Result<Recording, ReadError>) {
    match read {
        Ok(recording) => {
            let clocked = |rate: f64| rate.is_finite() && rate > 0.0;
            assert!(
                recording.channels.iter().all(|channel| clocked(channel.rate)),
                "a channel without a clock"
            );
            assert!(
                recording.channels.iter().all(|channel| channel.start.is_finite()),
                "a channel without a start"
            );
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal says why"),
    }
}

/// The files of an input that holds several: the name and the bytes of each.
pub fn files(input: &[u8]) -> Vec<(String, &[u8])> {
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(FILE.len()).position(|window| window == FILE) {
        let after = &rest[at + FILE.len()..];
        let end = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        let name = String::from_utf8_lossy(&after[..end]).into_owned();
        let body = after.get(end + 1..).unwrap_or_default();
        let next = body.windows(FILE.len()).position(|window| window == FILE).unwrap_or(body.len());
        parts.push((name, &body[..next]));
        rest = &body[next..];
    }
    parts
}

/// Puts files in a folder, reads the first of them as a whole and in three pieces, and holds both beside each
/// other.
pub fn check_on_disk(files: &[(&str, &[u8])]) {
    on_disk(files, in_pieces);
}

/// Puts files in a folder and does something with the first of them.
pub fn on_disk(files: &[(&str, &[u8])], act: impl Fn(&Path)) {
    let folder = folder();
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(files) {
        fs::write(path, bytes).expect("the folder for inputs can be written");
    }
    if let Some(first) = paths.first() {
        act(first);
    }
    paths.iter().for_each(|path| drop(fs::remove_file(path)));
}

fn in_pieces(path: &Path) {
    let whole = open(path);
    check(&whole);
    let Ok(whole) = whole else { return };
    let (start, end) = whole.span();
    let samples: usize = whole.channels.iter().map(|channel| channel.values.len()).sum();
    let seconds = (end - start) / 3.0;
    if samples > MOST || !(seconds > 0.0 && seconds.is_finite()) {
        return;
    }
    let mut joined: Vec<Vec<u64>> = vec![Vec::new(); whole.channels.len()];
    let mut marks = 0;
    for piece in open_pieces(path, seconds).expect("what opens as a whole opens in pieces") {
        let piece = piece.expect("what reads as a whole reads in pieces");
        marks += piece.marks.len();
        for (joined, channel) in joined.iter_mut().zip(&piece.channels) {
            joined.extend(channel.values.iter().map(|value| value.to_bits()));
        }
    }
    for (joined, channel) in joined.iter().zip(&whole.channels) {
        assert!(
            joined.iter().copied().eq(channel.values.iter().map(|v| v.to_bits())),
            "`{}` differs",
            channel.name
        );
    }
    assert_eq!(marks, whole.marks.len(), "marks are lost or doubled");
}

/// A folder in memory, where there is one, of this process alone.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = parent.join(format!("cisterna-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for inputs can be made");
        folder
    })
}

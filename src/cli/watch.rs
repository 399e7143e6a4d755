//! A progress bar where somebody can see it, and Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use cisterna::sensitivity;

use super::print::note;

/// Whether the user has asked to stop; who asks twice does not want to wait for anything.
pub fn interrupted() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    let handler = move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        note(&format!("note: Ctrl-C will end the program at once ({error})"));
    }
    interrupted
}

/// A bar of so many pieces; it hides itself where the standard error is no terminal.
pub fn bar(pieces: u64, prefix: &str, message: &str) -> ProgressBar {
    let bar = ProgressBar::new(pieces);
    if let Ok(style) = ProgressStyle::with_template("{prefix}  {bar:32}  {percent:>3} %  {msg}  {eta} left") {
        bar.set_style(style.progress_chars("█▌ "));
    }
    bar.set_prefix(prefix.to_owned());
    bar.set_message(message.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Watches many runs.
pub struct Runs {
    bar: ProgressBar,
    interrupted: Arc<AtomicBool>,
}

impl Runs {
    /// Begins to watch.
    pub fn begin() -> Self {
        Self { bar: bar(1, "runs", ""), interrupted: interrupted() }
    }

    /// Whether the user has asked to stop.
    pub fn were_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst)
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl sensitivity::Watch for Runs {
    fn progress(&self, done: usize, all: usize) {
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
    }

    fn go_on(&self) -> bool {
        !self.were_interrupted()
    }
}

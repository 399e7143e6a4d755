//! What a person and the file say of artefacts, laid over what is found.

use cisterna_analysis::{Artefact, Reason, Reducer, Window, revise};
use cisterna_recording::{Mark, MarkKind};

use crate::channels::Plan;
use crate::examination::Break;
use crate::options::{Cleaning, Marked, Options};

/// What was said of artefacts so far.
pub(crate) struct Told<'a> {
    options: &'a Options,
    /// The words that came with an interval of a channel.
    words: Vec<(String, Artefact, String)>,
}

impl<'a> Told<'a> {
    /// Hands on what a person says.
    pub fn by_a_person(options: &'a Options, plans: &[Plan], reducer: &mut Reducer) -> Self {
        let mut told = Told { options, words: Vec::new() };
        for plan in plans {
            let mut trusted = told.trusted(&plan.name);
            if options.cleaning == Cleaning::AsListed {
                trusted.push(Window { from: f64::NEG_INFINITY, to: f64::INFINITY });
            }
            let excluded = options.excluded.iter().filter(|marked| marked.is_of(&plan.name));
            let added: Vec<Artefact> =
                excluded.map(|marked| told.keep(&plan.name, marked, Reason::Excluded)).collect();
            reducer.overrule(&plan.name, &added, &trusted);
        }
        told
    }

    /// Hands on the artefacts that the file marks, but for what a person trusts. A mark called `NAME: why` is of that channel,
    /// any other of all.
    pub fn by_the_file(&mut self, marks: &[Mark], plans: &[Plan], reducer: &mut Reducer) {
        if self.options.cleaning == Cleaning::AsListed {
            return;
        }
        for mark in marks.iter().filter(|mark| mark.kind == MarkKind::Artefact) {
            let own = plans.iter().find_map(|plan| {
                let why = mark.label.strip_prefix(plan.name.as_str())?.strip_prefix(": ")?;
                Some((plan, why))
            });
            let (channel, why) =
                own.map_or((None, mark.label.as_str()), |(plan, why)| (Some(&plan.name), why));
            let marked =
                Marked { channel: channel.cloned(), from: mark.start, to: mark.end, why: why.to_owned() };
            for plan in plans.iter().filter(|plan| marked.is_of(&plan.name)) {
                let artefact = self.keep(&plan.name, &marked, Reason::Marked);
                let left = revise(&[artefact], &[], &self.trusted(&plan.name));
                reducer.overrule(&plan.name, &left, &[]);
            }
        }
    }

    /// An artefact of a channel as a reader sees it.
    pub fn seen(&self, channel: &str, artefact: &Artefact) -> Break {
        let reason = artefact.reason.text();
        let said = self.words.iter().find(|(of, known, _)| {
            let inside = known.start < artefact.end && known.end > artefact.start;
            of == channel && known.reason == artefact.reason && inside
        });
        let reason = said.map_or_else(|| reason.to_owned(), |(_, _, why)| format!("{reason}: {why}"));
        Break { reason, from_s: artefact.start, to_s: artefact.end }
    }

    fn trusted(&self, channel: &str) -> Vec<Window> {
        let own = self.options.trusted.iter().filter(|marked| marked.is_of(channel));
        own.map(|marked| Window { from: marked.from, to: marked.to }).collect()
    }

    /// The artefact that is meant; words that are a reason of the program are that reason.
    fn keep(&mut self, channel: &str, marked: &Marked, otherwise: Reason) -> Artefact {
        let why = marked.why.trim();
        let bare = [Reason::Marked, Reason::Excluded].iter().find_map(|of| why.strip_prefix(of.text()));
        let (why, otherwise) = match bare {
            Some(rest) if why.starts_with(Reason::Marked.text()) => (rest, Reason::Marked),
            Some(rest) => (rest, Reason::Excluded),
            None => (why, otherwise),
        };
        let why = why.trim_start_matches(": ");
        let reason = Reason::of_label(why).unwrap_or(otherwise);
        let artefact = Artefact { reason, start: marked.from, end: marked.to };
        if reason == otherwise && !why.is_empty() {
            self.words.push((channel.to_owned(), artefact, why.to_owned()));
        }
        artefact
    }
}

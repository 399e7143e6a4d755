//! One pass through the pieces of a recording, and what follows from it.

use std::path::Path;

use cisterna_analysis::{Findings, MeasureError, Reducer, Trends};
use cisterna_recording::{Channel, Mark, MarkKind, Place, ReadError, Recording, open_pieces};

use crate::channels::Plan;
use crate::cleaning::Told;
use crate::close_up::CloseUps;
use crate::counts::{Size, channels, mostly_left_out};
use crate::envelope::Envelope;
use crate::examination::{BeatsFound, Examination};
use crate::options::Options;
use crate::waves::Kept;
use crate::{indices, infused};

/// Length of the pieces in which a file is read, s.
const PIECE: f64 = 600.0;

/// What one pass leaves.
pub(crate) struct Gathered {
    pub plans: Vec<Plan>,
    pub trends: Trends,
    /// Waves at 50 Hz or less, without what is no measurement.
    pub waves: Recording,
    pub sizes: Vec<Size>,
}

/// Analyses the recording at `path`. `watch` hears how many seconds were read, and says whether to go on; where it does not,
/// what was read until then is analysed.
///
/// # Errors
/// A file that cannot be read, a map that names a channel which is not there.
pub fn examine(
    path: &Path,
    options: &Options,
    watch: &dyn Fn(f64) -> bool,
) -> Result<Examination, ReadError> {
    let file = path.display().to_string();
    let mut pass: Option<Pass> = None;
    for piece in open_pieces(path, PIECE)? {
        let piece = piece?;
        let pass = match &mut pass {
            Some(pass) => pass,
            None => {
                options.kinds.check(&file, &piece)?;
                options.check(&file, &piece)?;
                pass.insert(Pass::new(&piece, options).map_err(|error| refused(&file, &error))?)
            }
        };
        pass.push(piece).map_err(|error| refused(&file, &error))?;
        if !watch(pass.read_until()) {
            pass.examination.notes.push("the analysis was stopped: what follows was not read".to_owned());
            break;
        }
    }
    let Some(pass) = pass else { return Ok(Examination { file, ..Examination::default() }) };
    let mut found = pass.finish();
    found.file = file;
    Ok(found)
}

fn refused(file: &str, error: &MeasureError) -> ReadError {
    ReadError {
        file: file.to_owned(),
        place: Place::File,
        problem: error.to_string(),
        allowed: "windows that make up two minutes, of channels that go on".to_owned(),
    }
}

/// A pass under way.
struct Pass<'a> {
    options: &'a Options,
    plans: Vec<Plan>,
    reducer: Reducer,
    told: Told<'a>,
    kept: Vec<Kept>,
    envelopes: Vec<Envelope>,
    close_ups: CloseUps,
    sizes: Vec<Size>,
    examination: Examination,
}

impl<'a> Pass<'a> {
    fn new(first: &Recording, options: &'a Options) -> Result<Self, MeasureError> {
        let plans: Vec<Plan> = first.channels.iter().map(|channel| Plan::of(channel, options)).collect();
        let asked: Vec<_> = plans.iter().map(|plan| (plan.name.as_str(), plan.role)).collect();
        let mut reducer = Reducer::new(&asked, options.window)?;
        let told = Told::by_a_person(options, &plans, &mut reducer);
        let each = || first.channels.iter().zip(&plans);
        let kept = each().map(|(channel, plan)| Kept::like(channel, &plan.unit));
        let envelopes = each().map(|(channel, plan)| Envelope::like(channel, &plan.unit));
        Ok(Pass {
            options,
            told,
            kept: kept.collect(),
            envelopes: envelopes.collect(),
            close_ups: CloseUps::from(first.span().0),
            sizes: vec![Size::default(); plans.len()],
            plans,
            reducer,
            examination: Examination {
                title: first.title.clone(),
                provenance: first.provenance.clone(),
                span_s: [first.span().0; 2],
                ..Examination::default()
            },
        })
    }

    fn push(&mut self, mut piece: Recording) -> Result<(), MeasureError> {
        for (channel, plan) in piece.channels.iter_mut().zip(&self.plans) {
            if plan.factor != 1.0 {
                channel.values.iter_mut().for_each(|value| *value *= plan.factor);
            }
            channel.unit.clone_from(&plan.unit);
        }
        self.told.by_the_file(&piece.marks, &self.plans, &mut self.reducer);
        self.reducer.push(&piece)?;
        let each = piece.channels.iter().zip(&mut self.kept).zip(&mut self.envelopes).zip(&mut self.sizes);
        for (((channel, kept), envelope), size) in each {
            kept.push(&channel.values);
            envelope.push(&channel.values);
            size.add(&channel.values);
        }
        self.close_ups.push(&piece);
        self.examination.span_s[1] = piece.span().1;
        // Artefacts come back among those of the channels.
        piece.marks.retain(|mark| mark.kind != MarkKind::Artefact);
        self.examination.marks.append(&mut piece.marks);
        Ok(())
    }

    fn read_until(&self) -> f64 {
        self.examination.span_s[1]
    }

    fn finish(self) -> Examination {
        let Pass { options, plans, reducer, told, mut kept, envelopes, close_ups, sizes, examination } = self;
        let mut found = examination;
        let trends = reducer.finish();
        for (kept, findings) in kept.iter_mut().zip(&trends.findings) {
            findings.artefacts.iter().for_each(|artefact| kept.blank(artefact.start, artefact.end));
        }
        let waves = Recording {
            channels: kept.into_iter().map(|kept| kept.channel).collect(),
            // Beats are found anew in waves without what is no measurement.
            marks: found.marks.iter().filter(|mark| mark.kind == MarkKind::Gap).cloned().collect(),
            ..Recording::default()
        };
        let gathered = Gathered { plans, trends, waves, sizes };
        found.channels = channels(&gathered, &told);
        found.envelopes = envelopes.into_iter().map(Envelope::finish).collect();
        found.close_up = close_ups.best(&gathered.trends.findings);
        found.marks.extend(artefact_marks(&gathered.trends.findings));
        found.notes.extend(found.channels.iter().filter_map(mostly_left_out));
        indices::add(&gathered, options, &mut found);
        found.infusion = infused::analyse(&gathered, options);
        found.trends = gathered.trends.channels;
        found.beats = gathered.trends.findings.into_iter().map(beats).collect();
        found
    }
}

fn beats(of: Findings) -> BeatsFound {
    BeatsFound { channel: of.channel, beats: of.beats, breaths: of.breaths }
}

fn artefact_marks(findings: &[Findings]) -> impl Iterator<Item = Mark> {
    findings.iter().flat_map(|of| {
        of.artefacts.iter().map(|artefact| {
            let mark = artefact.mark();
            Mark { label: format!("{}: {}", of.channel, mark.label), ..mark }
        })
    })
}

/// The middle value of a trend.
pub(crate) fn median(trend: &Channel) -> Option<f64> {
    let mut values: Vec<f64> = trend.values.iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

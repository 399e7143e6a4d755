//! What a fit found, and what the recording does not tell.

use std::collections::BTreeMap;

use cisterna_fluid::Owner;
use nalgebra::DMatrix;
use serde::Serialize;

use crate::draws::Draws;
use crate::free::{Free, Member};
use crate::noise::Noise;
use crate::profile::{Ends, NORMAL_95};
use crate::search::Point;
use crate::task::Task;
use crate::test::Test;
use crate::trial::Trial;

/// A value counts as determined where the recording leaves no more than this share of the width of what is published.
const NARROWED: f64 = 0.5;
/// Two values whose errors go together more than this cannot be told apart.
const ALIKE: f64 = 0.9;

/// What a fit found.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// The recording.
    pub file: String,
    /// The subject that ran.
    pub subject: String,
    /// The subject that was asked for.
    pub asked: String,
    /// The part of the recording, s.
    pub span_s: [f64; 2],
    /// The values.
    pub values: Vec<Value>,
    /// The windows: recorded, at first and at the end.
    pub windows: Vec<Window>,
    /// How much of what varies over the windows the model explains, by channel and kind.
    pub explained: Vec<Share>,
    /// What is left open, drawn; none where no draws were asked for.
    pub draws: Option<Draws>,
    /// The infusion test by Marmarou's model; none where nothing was infused, or where a note says why.
    pub test: Option<Test>,
    /// What must be known of the result.
    pub notes: Vec<String>,
    /// How many runs of the model it took, those for derivatives and ends of intervals counted.
    pub runs: usize,
    /// Under which heading documents list the items whose values were sought: space, passage or signal.
    #[serde(skip)]
    pub(crate) kinds: BTreeMap<String, &'static str>,
}

/// A value that was sought.
#[derive(Clone, Debug, Serialize)]
pub struct Value {
    /// Its name as it was asked for.
    pub name: String,
    /// The factor on what the documents say.
    pub factor: f64,
    /// The interval that holds 95 % of what recording and published range leave.
    pub interval: [f64; 2],
    /// What is published, as a factor: of the member that is known best.
    pub published: [f64; 2],
    /// Whether the recording tells it.
    pub determined: bool,
    /// The width that is left, over that of what is published (in the logarithm).
    pub width_left: f64,
    /// The values that it stands for, with what they come to.
    pub members: Vec<MemberValue>,
    /// Other values that it cannot be told from.
    pub entangled_with: Vec<String>,
}

/// One value of a document.
#[derive(Clone, Debug, Serialize)]
pub struct MemberValue {
    /// Its name.
    pub name: String,
    /// The unit of the numbers.
    pub unit: String,
    /// What the document says.
    pub before: f64,
    /// What was found.
    pub value: f64,
    /// Its interval.
    pub interval: [f64; 2],
    /// What is published.
    pub published: [f64; 2],
}

/// A window as recorded and as simulated.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// The channel of the recording.
    pub channel: String,
    /// What of the model it is.
    pub of: String,
    /// `mean` or `amplitude_fundamental`.
    pub what: String,
    /// Its middle, s on the clock of the recording.
    pub time_s: f64,
    /// As recorded.
    pub recorded: f64,
    /// As simulated with the values found.
    pub simulated: f64,
    /// What the fit takes as noise.
    pub noise: f64,
    /// The unit.
    pub unit: String,
}

/// A share explained.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// The channel.
    pub channel: String,
    /// `mean` or `amplitude_fundamental`.
    pub what: String,
    /// One less the variance of the misfit over that of the recording; below zero where the model does worse than its mean, none
    /// where the recording varies by no more than its noise.
    pub share: Option<f64>,
    /// The mean difference, simulated less recorded.
    pub offset: f64,
    /// The unit of the difference.
    pub unit: String,
}

/// Where a search ended.
pub(crate) struct Ended {
    /// The least.
    pub least: Point,
    /// The inverse of the curvature there.
    pub covariance: DMatrix<f64>,
    /// The ends of the intervals.
    pub ends: Vec<Ends>,
    /// What is taken as noise.
    pub noise: Noise,
    /// What is left open, drawn.
    pub draws: Option<Draws>,
    /// The infusion test, or why there is no analysis of it.
    pub test: Option<Result<Test, String>>,
    /// Whether the search settled.
    pub settled: bool,
}

/// Draws the conclusions of a search.
pub(crate) fn conclude(task: &Task<'_>, trial: &Trial, ended: Ended) -> Found {
    let Ended { least, covariance, ends, noise, draws, test, settled } = ended;
    let values: Vec<Value> = (0..least.x.len())
        .map(|index| value(&trial.free, index, least.x[index], &covariance, ends[index]))
        .collect();
    let windows = windows(trial, &least.simulated, &noise);
    let explained = shares(&windows);
    let mut found = Found {
        file: task.file.to_owned(),
        subject: trial.subject.clone(),
        asked: task.subject.to_owned(),
        span_s: [task.from, task.to],
        values,
        windows,
        explained,
        draws,
        test: None,
        notes: Vec::new(),
        runs: trial.runs(),
        kinds: kinds(&trial.free),
    };
    found.notes = notes(&found, trial, &ends, settled);
    match test {
        Some(Ok(test)) => found.test = Some(test),
        Some(Err(why)) => found.notes.push(format!("Marmarou's model says nothing of the infusion: {why}")),
        None => {}
    }
    found
}

/// What must be known of the result.
fn notes(found: &Found, trial: &Trial, ends: &[Ends], settled: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if !settled {
        notes.push("the search ended before it settled: take the values as a rough guess".to_owned());
    }
    if let Some(draws) = found.draws.as_ref().filter(|draws| !draws.suffice()) {
        notes.push(format!(
            "{} draws are worth {:.0} only: too few for intervals, which are those of the curvature at the least",
            draws.weights.len(),
            draws.effective
        ));
    }
    for (value, ends) in found.values.iter().zip(ends) {
        if !value.determined {
            notes.push(format!(
                "`{}` is not determined by this recording: {:.0} % of the published width is left; its published range stands",
                value.name,
                100.0 * value.width_left
            ));
        }
        for other in &value.entangled_with {
            notes.push(format!("`{}` cannot be told from `{other}`", value.name));
        }
        if ends.bent && value.determined {
            notes.push(format!(
                "the misfit at the ends of the interval of `{}` is not what the curvature at the least says: the interval was \
                 moved and is rough",
                value.name
            ));
        }
        if !(value.published[0]..=value.published[1]).contains(&value.factor) {
            notes.push(format!("`{}` lies outside of what is published", value.name));
        }
    }
    for share in found.explained.iter().filter(|share| share.share.is_some_and(|share| share < 0.0)) {
        notes.push(format!(
            "the {} of `{}`: the model explains nothing of how it varies",
            if share.what == "mean" { "mean" } else { "pulse amplitude" },
            share.channel
        ));
    }
    for windows in &trial.windows {
        let (used, all) = windows.used;
        if used < all {
            notes.push(format!(
                "of `{}` {used} of {all} windows are compared: the others have too little data, or follow what is not known of the \
                 arterial pressure",
                windows.channel
            ));
        }
    }
    notes
}

/// Under which heading documents list the items of the free values.
fn kinds(free: &[Free]) -> BTreeMap<String, &'static str> {
    let kind = |member: &Member| {
        let item = member.name.rsplit_once('.').map_or(member.name.as_str(), |(item, _)| item);
        let kind = match member.address.owner {
            Owner::Space(_) => "space",
            Owner::Passage(_) => "passage",
            Owner::Signal(_) => "signal",
        };
        (item.to_owned(), kind)
    };
    free.iter().flat_map(|free| &free.members).map(kind).collect()
}

fn value(free: &[Free], index: usize, x: f64, covariance: &DMatrix<f64>, ends: Ends) -> Value {
    let own = &free[index];
    let [low, high] = ends.x;
    let width_left = 0.5 * (high - low) / NORMAL_95 / own.spread;
    let interval = [low.exp(), high.exp()];
    let factor = x.exp();
    let half = 2.0 * own.spread;
    let members = own.members.iter().map(|member| {
        let shown = |factor: f64| member.unit.from_canonical(member.value * factor);
        MemberValue {
            name: member.name.clone(),
            unit: member.unit.text().to_owned(),
            before: shown(1.0),
            value: shown(factor),
            interval: interval.map(shown),
            published: [shown(member.range.0), shown(member.range.1)],
        }
    });
    let alike = |other: &usize| {
        let both = (covariance[(index, index)] * covariance[(*other, *other)]).sqrt();
        *other != index && (covariance[(index, *other)] / both).abs() > ALIKE
    };
    Value {
        name: own.name.clone(),
        factor,
        interval,
        published: [(own.centre - half).exp(), (own.centre + half).exp()],
        determined: width_left <= NARROWED,
        width_left,
        members: members.collect(),
        entangled_with: (0..free.len()).filter(alike).map(|other| free[other].name.clone()).collect(),
    }
}

fn windows(trial: &Trial, simulated: &[f64], noise: &Noise) -> Vec<Window> {
    let mut numbers = simulated.iter().zip(&noise.each);
    let mut all = Vec::with_capacity(simulated.len());
    for of in &trial.windows {
        let rows = of.request.iter().zip(&of.values).zip(&mut numbers);
        all.extend(rows.map(|(((statistic, window), recorded), (simulated, noise))| Window {
            channel: of.channel.clone(),
            of: of.of.clone(),
            what: statistic.info().name.to_owned(),
            time_s: trial.begin + 0.5 * (window.from + window.to),
            recorded: *recorded,
            simulated: *simulated,
            noise: *noise,
            unit: of.unit.clone(),
        }));
    }
    all
}

fn shares(windows: &[Window]) -> Vec<Share> {
    let alike = |a: &Window, b: &Window| (&a.channel, &a.what) == (&b.channel, &b.what);
    let share = |group: &[Window]| {
        let count = group.len() as f64;
        let mean = group.iter().map(|window| window.recorded).sum::<f64>() / count;
        let variance = group.iter().map(|window| (window.recorded - mean).powi(2)).sum::<f64>();
        let misfit = group.iter().map(|window| (window.recorded - window.simulated).powi(2)).sum::<f64>();
        let first = group.first()?;
        let varies = variance / count > first.noise.powi(2);
        Some(Share {
            channel: first.channel.clone(),
            what: first.what.clone(),
            share: varies.then(|| 1.0 - misfit / variance),
            offset: group.iter().map(|window| window.simulated - window.recorded).sum::<f64>() / count,
            unit: first.unit.clone(),
        })
    };
    windows.chunk_by(alike).filter_map(share).collect()
}

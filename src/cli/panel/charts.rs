//! Pictures of panels.

use cisterna::panel::{Outcome, Pooled, RowOutcome, Statistic};
use cisterna::quantity::short_number;
use cisterna::report::{Axis, Band, Chart, Dot, Line};
use cisterna::touch::{Contact, Values};

/// Steps of a distribution.
const STEPS: usize = 24;
/// A slow rhythm of six a minute, Hz.
const SLOW: f64 = 0.1;

/// How far motions of a slow rhythm stand out, with motions of a head as dots.
pub fn detectability(values: &Values) -> Chart {
    let sizes = (0..=50).map(|step| 10.0_f64.powf(-2.2 + step as f64 / 25.0));
    let line = |name: &str, contact: Contact, acuity: f64| {
        let of = |size: f64| (1e3 * size, values.d_prime(contact, size, SLOW, acuity));
        Line::curve(name, sizes.clone().map(of).collect())
    };
    let skin = Contact::Skin { area: values.contact_area };
    let dot = |what: &str, size: f64, rate: f64| Dot {
        label: format!("{what}, {} µm", short_number(1e3 * size)),
        x: 1e3 * size,
        y: values.d_prime(Contact::TwoHands, size, rate, 0.0),
    };
    Chart {
        caption: "How far a motion stands out from the noise of a hand (d′): lines for six cycles a minute, dots for \
                  motions of a head between two hands, each at its own rate"
            .to_owned(),
        x: Axis::log("half of the motion from peak to peak", "µm"),
        y: Axis::log("d′", ""),
        lines: vec![line("skin that rests", skin, 0.0), line("two hands", Contact::TwoHands, 0.0)],
        bands: Vec::new(),
        dots: vec![
            dot("pulse", values.pulse.amplitude, values.pulse.rate),
            dot("bones as claimed", values.claimed_bones, SLOW),
            dot("slow rhythm", values.slow.amplitude, values.slow.rate),
            dot("breath", values.breath.amplitude, values.breath.rate),
        ],
    }
}

/// The share of people who feel a motion.
pub fn shares(values: &Values) -> Chart {
    let sizes = (0..=60).map(|step| 10.0_f64.powf(-3.0 + step as f64 / 15.0));
    let line = |name: &str, contact: Contact| {
        let of = |size: f64| (1e3 * size, 100.0 * values.share_who_feel(contact, size, SLOW));
        Line::curve(name, sizes.clone().map(of).collect())
    };
    Chart {
        caption: "The share of people whose threshold lies below a motion of six cycles a minute".to_owned(),
        x: Axis::log("half of the motion from peak to peak", "µm"),
        y: Axis::linear("people", "%"),
        lines: vec![
            line("skin that rests", Contact::Skin { area: values.contact_area }),
            line("two hands", Contact::TwoHands),
        ],
        bands: vec![mark("slow rhythm of the head", 1e3 * values.slow.amplitude, 1.0)],
        dots: Vec::new(),
    }
}

/// A published value as a stroke, so wide as is seen.
fn mark(label: &str, at: f64, width: f64) -> Band {
    Band { label: label.to_owned(), from: at - 0.5 * width, to: at + 0.5 * width }
}

/// Distributions of one figure under all arms, with the published one.
fn distribution(caption: String, unit: &str, published: Band, arms: &[(&str, &[f64])]) -> Chart {
    let finite = || arms.iter().flat_map(|(_, draws)| draws.iter().copied()).filter(|draw| draw.is_finite());
    let (low, high) = (finite().fold(published.from, f64::min), finite().fold(published.to, f64::max));
    let step = ((high - low) / STEPS as f64).max(1e-9);
    let line = |(name, draws): &(&str, &[f64])| {
        let count = |bin: usize| {
            let from = low + step * bin as f64;
            let inside = draws.iter().filter(|draw| (from..from + step).contains(*draw)).count();
            (from + 0.5 * step, 100.0 * inside as f64 / draws.len().max(1) as f64)
        };
        Line::curve(name, (0..=STEPS).map(count).collect())
    };
    Chart {
        caption,
        x: Axis::linear("figure", unit),
        y: Axis::linear("draws", "%"),
        lines: arms.iter().map(line).collect(),
        bands: vec![published],
        dots: Vec::new(),
    }
}

/// Pooled figures, one picture each.
pub fn of_pools(pools: &[Pooled]) -> Vec<Chart> {
    let mut names: Vec<&str> = pools.iter().map(|pool| pool.result.row.id.as_str()).collect();
    names.dedup();
    let chart = |name: &str| {
        let of: Vec<&Pooled> = pools.iter().filter(|pool| pool.result.row.id == name).collect();
        let row = &of.first()?.result.row;
        let arms: Vec<(&str, &[f64])> =
            of.iter().map(|pool| (pool.arm.as_str(), pool.result.draws.as_slice())).collect();
        let caption = format!("{}, {}", row.label, row.note);
        Some(distribution(caption, "", mark("published", row.published, 0.01), &arms))
    };
    names.into_iter().filter_map(chart).collect()
}

/// Coefficients of agreement of one study, one picture each.
pub fn of_study(outcome: &Outcome) -> Vec<Chart> {
    let rows = outcome.study.rows.iter().enumerate().filter(|(_, row)| row.statistic.is_agreement());
    let chart = |(index, row): (usize, &cisterna::panel::Row)| {
        let results: Vec<(&str, &RowOutcome)> =
            outcome.arms.iter().map(|arm| (arm.arm.name.as_str(), &arm.results[index])).collect();
        let arms: Vec<(&str, &[f64])> =
            results.iter().map(|(name, result)| (*name, result.draws.as_slice())).collect();
        let caption = format!("{}: {}", outcome.study.title, row.label);
        distribution(caption, "", mark("published", row.published, 0.01), &arms)
    };
    rows.map(chart).collect()
}

/// The rates that one drawn panel reports, with the published mean.
pub fn rates(outcome: &Outcome) -> Option<Chart> {
    let index = outcome.study.rows.iter().position(|row| row.statistic == Statistic::Mean)?;
    let row = outcome.study.rows.get(index)?;
    let published = match (row.low, row.high) {
        (Some(from), Some(to)) => Band { label: "published".to_owned(), from, to },
        _ => mark("published", row.published, 0.05),
    };
    let arms: Vec<(&str, &[f64])> =
        outcome.arms.iter().map(|arm| (arm.arm.name.as_str(), arm.ratings.as_slice())).collect();
    let mut chart =
        distribution(format!("{}: rates of one draw", outcome.study.title), "1/min", published, &arms);
    chart.x.label = "reported rate".to_owned();
    chart.y.label = "reports".to_owned();
    Some(chart)
}

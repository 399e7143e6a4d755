//! The page of a visit: what physically changed, technique by technique.

use cisterna::quantity::short_number;
use cisterna::recording::Basis;
use cisterna::report::{
    Bones, Outlines, Page, Panel, Section, SummaryRow, Table, Text, Trace, View, Waveforms,
};
use cisterna::session::{
    Change, Contact, Done, Felt, Hand, Judged, PUBLISHED, Place, Sham, ShamRow, TallyKind, Visit,
};

/// Seconds in a minute.
const MINUTE: f64 = 60.0;

/// The page of a visit; beside the one without hypotheses, where some are laid on.
pub fn page(visit: &Visit, twin: Option<&Visit>, sham: Option<&Sham>) -> Page {
    let session = &visit.session;
    let mut sections = vec![Section::Text(Text { heading: "The client".to_owned(), text: intake(visit) })];
    if !visit.before.felt.is_empty() {
        sections.push(Section::Table(stations(visit)));
    }
    if !visit.before.joints.is_empty() {
        sections.push(Section::Table(joints(visit)));
    }
    sections.push(Section::Table(watched(visit, twin)));
    sections.push(Section::Table(timeline(visit)));
    for (number, done) in visit.done.iter().enumerate() {
        let other = twin.and_then(|twin| twin.done.get(number));
        sections.push(Section::Table(changes(number + 1, done, other)));
        sections.extend(waves(done).map(Section::Waveforms));
        sections.extend(bones(done).map(Section::Bones));
    }
    sections.push(Section::Table(restrictions(visit)));
    sections.extend(sham.map(|sham| Section::Table(shams(sham))));
    Page {
        title: session.title.clone(),
        subtitle: subtitle(visit),
        cautions: cautions(visit),
        summary: summary(visit, twin),
        sections,
        provenance: vec![
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("session".to_owned(), format!("{} {}", session.name, session.hash)),
            ("subject".to_owned(), session.subject.clone()),
            ("simulated".to_owned(), format!("{} s", short_number(visit.simulated))),
        ],
    }
}

fn subtitle(visit: &Visit) -> String {
    let session = &visit.session;
    let who = session.client.as_ref().map(|code| format!("client {code}, ")).unwrap_or_default();
    let when = session.date.as_ref().map(|date| format!("{date}, ")).unwrap_or_default();
    format!("{when}{who}{} minutes, {} techniques", short_number(visit.time / MINUTE), visit.done.len())
}

fn cautions(visit: &Visit) -> Vec<String> {
    let mut cautions = vec![
        "A simulated client, not a person; a research model, not a medical device.".to_owned(),
        "Forces are what is taught, unless a line says that they were measured. What lasts from one \
         technique to the next is how much of each restriction is left, and whatever a heart beat does not move: arousal, \
         hormones, tightness, pain and sleep, where the subject has them."
            .to_owned(),
    ];
    match visit.session.hypotheses.is_empty() {
        true => cautions.push("No hypothesis is laid on: every number follows from measured mechanics and what is assumed of it.".to_owned()),
        false => cautions.push(format!(
            "Laid on as hypotheses: {}. What hangs on them stands beside its value without them.",
            visit.session.hypotheses.join(", ")
        )),
    }
    cautions
}

fn intake(visit: &Visit) -> String {
    let session = &visit.session;
    let said: Vec<String> = session.complaints.iter().map(|text| format!("“{text}”")).collect();
    let put: Vec<String> = visit.restrictions.iter().map(|left| left.summary.clone()).collect();
    let put = if put.is_empty() { "Nothing".to_owned() } else { put.join("; ") };
    format!("{}\n\n{}\n\nPut into this subject: {put}.", session.summary, said.join(" "))
}

/// Which changes are looked at.
type Wanted<'a> = &'a dyn Fn(&Change) -> bool;

/// The greatest of all changes, in a line each.
fn summary(visit: &Visit, twin: Option<&Visit>) -> Vec<SummaryRow> {
    let all = || visit.done.iter().enumerate();
    let greatest = |wanted: &dyn Fn(&Change) -> bool| {
        let changes = all().flat_map(|(number, done)| {
            let other = twin.and_then(|twin| twin.done.get(number));
            let own = done.changes(other).into_iter().filter(|change| wanted(change));
            own.map(move |change| (done.technique.title.clone(), change))
        });
        let size = |change: &Change| change.value.as_ref().map_or(0.0, |value| value.abs());
        changes.max_by(|a, b| size(&a.1).total_cmp(&size(&b.1)))
    };
    let kinds: [(&str, Wanted<'_>); 4] = [
        ("Greatest motion of a bone under a hand", &|change| {
            change.id.ends_with("_motion") && change.unit == "um"
        }),
        ("Greatest opening of a joint", &|change| change.id.ends_with("_opening")),
        ("Greatest change of a membrane's tension", &|change| change.id.ends_with("_tension")),
        ("Greatest change of intracranial pressure", &|change| change.id == "pressure_held"),
    ];
    let row = |(label, wanted): (&str, Wanted<'_>)| {
        let (technique, change) = greatest(wanted)?;
        Some(SummaryRow {
            label: label.to_owned(),
            value: change.value.as_ref().copied().unwrap_or(f64::NAN),
            unit: change.shown_unit().to_owned(),
            basis: basis(visit, &change),
            note: format!("{technique}: {}{}", change.label, spread(&change)),
            ..SummaryRow::default()
        })
    };
    kinds.into_iter().filter_map(row).collect()
}

fn spread(change: &Change) -> String {
    let told = |low, high| format!(", {} .. {} over sutures", short_number(low), short_number(high));
    change.spread.map(|spread| told(spread.low, spread.high)).unwrap_or_default()
}

/// On what a change rests: hypotheses where it hangs on them.
fn basis(visit: &Visit, change: &Change) -> Basis {
    match change.hangs_on_hypotheses() {
        true => Basis::Hypothesis(visit.session.hypotheses.clone()),
        false => Basis::Model,
    }
}

fn shams(sham: &Sham) -> Table {
    let row = |row: &ShamRow| {
        vec![
            row.label.to_owned(),
            row.unit.to_owned(),
            if row.kind == TallyKind::Physical { "physics" } else { "told by the practitioner" }.to_owned(),
            short_number(row.own),
            short_number(row.untouched.mean),
            row.untouched.told(),
            short_number(row.anywhere.mean),
            row.anywhere.told(),
        ]
    };
    Table {
        heading: "Beside shams".to_owned(),
        text: format!(
            "The same subject where nobody touches, and where hands touch anywhere with the same forces and times: {} seeds of \
             each. Differences are visit less sham, seed by seed, with the interval of the paired t test (95 %).",
            sham.seeds
        ),
        caption: "The visit beside shams".to_owned(),
        header: [
            "what",
            "unit",
            "kind",
            "visit",
            "no touch",
            "visit less that",
            "touch anywhere",
            "visit less that",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: sham.rows.iter().map(row).collect(),
    }
}

fn stations(visit: &Visit) -> Table {
    let told = |felt: &Felt| {
        let Some(finding) = &felt.finding else {
            return ["does not move in this subject".to_owned(), String::new()];
        };
        let rate = finding.rate.map_or("none".to_owned(), |rate| short_number(60.0 * rate));
        [rate, short_number(1e3 * finding.amplitude)]
    };
    let rows = visit.before.felt.iter().zip(&visit.after.felt).map(|(before, after)| {
        let mut row = vec![before.station.replace('_', " ")];
        row.extend(told(before));
        let chance = before.finding.as_ref().map(|finding| short_number(100.0 * finding.probability));
        row.push(chance.unwrap_or_default());
        row.extend(told(after));
        row
    });
    Table {
        heading: "What hands feel".to_owned(),
        text: "What the virtual practitioner tells of each station: own pulse, breath, slow drift and noise of the hands are in it, \
               and what is expected. The likelihood is that of claiming the body's own motion."
            .to_owned(),
        caption: "What is told of stations before and after".to_owned(),
        header: ["station", "rate, 1/min", "amplitude, µm", "claimed, of 100", "rate after, 1/min", "amplitude after, µm"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}

fn joints(visit: &Visit) -> Table {
    let said = |judged: &Option<Judged>, joint: &str| {
        let Some(judged) = judged else { return String::new() };
        let said = match (judged.claimed, visit.put_in(joint)) {
            (true, true) => "found",
            (true, false) => "called restricted, and is not",
            (false, true) => "missed",
            (false, false) => "left alone",
        };
        let [own, chance] =
            [judged.probability, judged.false_claims].map(|share| short_number(100.0 * share));
        format!("{said} ({own} of 100; {chance} where nothing lags)")
    };
    let both = visit.before.joints.iter().zip(&visit.before.judged).zip(&visit.after.joints);
    let rows = both.map(|((before, judged), after)| {
        let [own, soft, stiff] = before.gives;
        vec![
            before.joint.replace('_', " "),
            number(own),
            match own.is_finite() {
                true => {
                    format!("{} .. {}", number(own.min(soft).min(stiff)), number(own.max(soft).max(stiff)))
                }
                false => String::new(),
            },
            before.other_side.map(number).unwrap_or_default(),
            number(before.healthy),
            said(judged, &before.joint),
            number(after.gives[0]),
        ]
    });
    let force = &visit.session.evaluation.force;
    Table {
        heading: "Joints under test".to_owned(),
        text: format!(
            "Drawn apart with {} between two hands: how far the bones give way there.",
            force.unit.show(force.value)
        ),
        caption: "Joints under test before and after".to_owned(),
        header: [
            "joint",
            "gives, µm",
            "over sutures",
            "other side, µm",
            "without restriction, µm",
            "told",
            "after, µm",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: rows.collect(),
    }
}

fn number(value: f64) -> String {
    if value.is_finite() { short_number(value) } else { "out of reach".to_owned() }
}

fn watched(visit: &Visit, twin: Option<&Visit>) -> Table {
    let others = twin.map(Visit::watched).unwrap_or_default();
    let rows = visit.watched().into_iter().map(|own| {
        let other = others.iter().find(|other| other.id == own.id);
        vec![
            own.label,
            own.unit,
            short_number(own.before),
            short_number(own.after),
            other.map(|other| short_number(other.after)).unwrap_or_default(),
        ]
    });
    Table {
        heading: "At rest, before and after".to_owned(),
        text: "Means of the evaluation and of the re-evaluation, while nobody touches. Some minutes go by between them, which \
               alone may change what is slow, as cortisol."
            .to_owned(),
        caption: "The client at rest before and after".to_owned(),
        header: ["what", "unit", "before", "after", "after, without hypotheses"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn timeline(visit: &Visit) -> Table {
    let row = |done: &Done| {
        let contacts = done.stage.touched.hands.iter().map(|hand| match &hand.contact.place {
            Place::Station(station) => {
                format!("{} (no bone there: nothing moves)", station.replace('_', " "))
            }
            Place::Site(site) => site.replace('_', " "),
        });
        let mut words: Vec<&str> = done.technique.contacts.iter().map(Contact::basis_word).collect();
        words.dedup();
        vec![
            done.technique.title.clone(),
            short_number(done.span.0 / MINUTE),
            short_number(done.span.1 / MINUTE),
            contacts.collect::<Vec<_>>().join(", "),
            words.join(", "),
            done.state("arousal").map(short_number).unwrap_or_default(),
            done.technique.aim.clone(),
        ]
    };
    Table {
        heading: "What was done".to_owned(),
        text: "Aims are what is taught: hypotheses of practice.".to_owned(),
        caption: "The techniques in their order".to_owned(),
        header: [
            "technique",
            "from, min",
            "to, min",
            "hands at",
            "forces",
            "arousal at its end",
            "taught aim",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: visit.done.iter().map(row).collect(),
    }
}

fn changes(number: usize, done: &Done, twin: Option<&Done>) -> Table {
    let row = |change: &Change| {
        let value = change.value.as_ref().map_or_else(|reason| reason.clone(), |value| short_number(*value));
        let spread = change.spread;
        vec![
            change.label.clone(),
            value,
            change.shown_unit().to_owned(),
            spread
                .map(|own| format!("{} .. {}", short_number(own.low), short_number(own.high)))
                .unwrap_or_default(),
            if change.hangs_on_hypotheses() { "hypothesis" } else { "mechanics" }.to_owned(),
            change.twin.filter(|_| change.hangs_on_hypotheses()).map(short_number).unwrap_or_default(),
        ]
    };
    Table {
        heading: format!("{number}. {}", done.technique.title),
        text: done.technique.summary.clone(),
        caption: format!("What {} changed", done.technique.title),
        header: ["what", "change", "unit", "over sutures", "rests on", "without hypotheses"]
            .map(str::to_owned)
            .to_vec(),
        rows: done.changes(twin).iter().map(row).collect(),
    }
}

/// Pressure and the bone under each hand over the time of a technique.
fn waves(done: &Done) -> Option<Waveforms> {
    let mut panels = Vec::new();
    let mut hands = Vec::new();
    for channel in &done.recording.channels {
        let trace = || Trace::new(&channel.label, channel.start, channel.rate, channel.values.clone());
        if channel.name == "vault.pressure" {
            panels.push(Panel::new("Intracranial pressure", &channel.unit, vec![trace()]));
        }
        let own =
            |hand: &&Hand| channel.name == format!("{}_touches.motion", hand.name) && channel.unit == "um";
        if let Some(hand) = done.stage.touched.hands.iter().find(own) {
            let place = hand.contact.place.name().replace('_', " ");
            hands.push(Trace::new(&place, channel.start, channel.rate, channel.values.clone()));
        }
    }
    if !hands.is_empty() {
        panels.push(Panel::new("Bone under each hand, along its direction", "µm", hands));
    }
    (!panels.is_empty()).then(|| Waveforms {
        heading: format!("{} over time", done.technique.title),
        text: "Rest before and after; the pulse and the breath go on all the time.".to_owned(),
        panels,
        ..Waveforms::default()
    })
}

/// Where every bone goes.
fn bones(done: &Done) -> Option<Bones> {
    let moves = done.moved.iter().any(|moved| moved.motion.shift.norm() > 0.0);
    moves.then(|| Bones {
        heading: format!("{}: where every bone goes", done.technique.title),
        text: "After minutes of its first hands, against the pose without them. Colours tell how far the middle of a bone \
               moves, arrows where to. The head and the trunk give way in pillow and bed as a whole; what the bones give \
               against each other is in their joints, above."
            .to_owned(),
        views: vec![View::ALL[0]],
        bones: done.moved.clone(),
        strands: Vec::new(),
        outlines: Outlines::default(),
        magnified: None,
    })
}

fn restrictions(visit: &Visit) -> Table {
    let rows = visit.restrictions.iter().map(|left| {
        vec![
            left.summary.clone(),
            short_number(100.0 * left.before),
            short_number(100.0 * left.after),
            if left.gradual { "by hypothesis only" } else { "no matter of degree" }.to_owned(),
        ]
    });
    Table {
        heading: "Restrictions".to_owned(),
        text: format!(
            "How much of each is there before and after. Nothing in measured mechanics frees one for good: what changes here is \
             what a law of release says, laid on as a hypothesis.\n\n{PUBLISHED}"
        ),
        caption: "Restrictions before and after".to_owned(),
        header: ["restriction", "before, %", "after, %", "changes"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

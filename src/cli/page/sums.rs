//! What is where, and what went through the doors.

use cisterna::experiment::{Run, Scenario};
use cisterna::fluid::Kind;
use cisterna::quantity::short_number;
use cisterna::report::{Bar, BarGroup, Bars, Door, Ledger, Section};

/// The volume of every space at the end, fluid by fluid.
pub fn volumes(scenario: &Scenario, run: &Run) -> Option<Section> {
    let network = &scenario.model.network;
    let mut groups: Vec<BarGroup> = Vec::new();
    for space in network.spaces.iter().filter(|space| matches!(space.kind, Kind::Fluid(_))) {
        let name = format!("{}.volume", space.name);
        let Some((_, value)) = run.end_state.iter().find(|(unknown, _)| *unknown == name) else { continue };
        let fluid = &network.fluids[space.fluid.0].name;
        let bar = Bar { label: space.name.replace('_', " "), value: *value, range: None };
        match groups.iter_mut().find(|group| group.label == *fluid) {
            Some(group) => group.bars.push(bar),
            None => groups.push(BarGroup { label: fluid.clone(), bars: vec![bar] }),
        }
    }
    (!groups.is_empty()).then(|| {
        Section::Bars(Bars {
            heading: "Volumes".to_owned(),
            text: String::new(),
            caption: "What every space holds at the end of the run".to_owned(),
            unit: "mL".to_owned(),
            groups,
        })
    })
}

/// The account of the doors.
pub fn ledger(scenario: &Scenario, run: &Run) -> Section {
    let network = &scenario.model.network;
    let outside = |name: &str| {
        network.spaces.iter().any(|space| space.name == name && matches!(space.kind, Kind::Outside))
    };
    let seconds = run.recording.span().1;
    let (mut entered, mut left) = (0.0, 0.0);
    for door in &run.ledger.doors {
        let inward = match (outside(&door.from), outside(&door.to)) {
            (true, false) => door.volume,
            (false, true) => -door.volume,
            _ => 0.0,
        };
        if inward > 0.0 {
            entered += inward;
        } else {
            left -= inward;
        }
    }
    let contents: Vec<String> = run
        .ledger
        .contents
        .iter()
        .map(|(fluid, before, after)| {
            format!(
                "{fluid}: {} mL at the beginning, {} mL at the end",
                short_number(*before),
                short_number(*after)
            )
        })
        .collect();
    Section::Ledger(Ledger {
        heading: "Ledger of doors".to_owned(),
        text: format!(
            "A door leads outside, or from one fluid into another; only those that lead outside change what all \
             spaces hold together.\n\n{}.",
            contents.join("; ")
        ),
        caption: "What passed through every door during the recorded time".to_owned(),
        doors: run
            .ledger
            .doors
            .iter()
            .map(|door| Door {
                name: door.name.replace('_', " "),
                from: door.from.replace('_', " "),
                to: door.to.replace('_', " "),
                moved: door.volume,
                mean_rate: if seconds > 0.0 { door.volume / seconds * 60.0 } else { 0.0 },
            })
            .collect(),
        entered,
        left,
        stored: run.ledger.contents.iter().map(|(_, before, after)| after - before).sum(),
        residual: run.ledger.residual,
    })
}

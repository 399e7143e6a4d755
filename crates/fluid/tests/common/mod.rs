//! Networks that the tests share.
#![allow(dead_code, clippy::unwrap_used, reason = "shared by tests, each of which uses some of these")]

use cisterna_fluid::*;

pub fn blood(total: Option<f64>) -> Fluid {
    Fluid { name: "blood".into(), density: 1055.0, viscosity: 3.5, total }
}

pub fn landmark(name: &str, up: f64) -> Landmark {
    Landmark { name: name.into(), position: [0.0, 0.0, up], segment: None, top_of: Vec::new() }
}

pub fn wall(name: &str) -> &'static Law {
    wall::WALLS.iter().find(|law| law.name == name).unwrap()
}

pub fn space(name: &str, kind: Kind, values: &[f64], landmark: usize, inside: Option<usize>) -> Space {
    Space {
        name: name.into(),
        kind,
        values: values.to_vec(),
        fluid: FluidId(0),
        landmark,
        inside: inside.map(SpaceId),
        start_pressure: 5.0,
        start_volume: None,
    }
}

pub fn fluid(name: &str, law: &str, values: &[f64], landmark: usize, inside: Option<usize>) -> Space {
    space(name, Kind::Fluid(wall(law)), values, landmark, inside)
}

pub fn passage(name: &str, law: &str, from: usize, to: usize, values: &[f64]) -> Passage {
    Passage {
        name: name.into(),
        from: SpaceId(from),
        to: SpaceId(to),
        law: passage::PASSAGES.iter().find(|l| l.name == law).unwrap(),
        values: values.to_vec(),
        fluid: FluidId(0),
        outside: None,
    }
}

pub fn signal(name: &str, law: &str, values: &[f64], senses: &[Observable]) -> Signal {
    Signal {
        name: name.into(),
        law: signal::SIGNALS.iter().find(|l| l.name == law).unwrap(),
        values: values.to_vec(),
        senses: senses.to_vec(),
        acts: None,
        unit: "1".into(),
    }
}

pub fn acting(mut signal: Signal, owner: Owner, parameter: usize, how: How) -> Signal {
    signal.acts = Some(Action { target: Address { owner, parameter }, how });
    signal
}

fn body_output(name: &str, states: [f64; 2], own: f64) -> BodyOutput {
    BodyOutput {
        name: name.into(),
        unit: "mL".into(),
        states: states.to_vec(),
        drives: vec![own, own, 0.3],
        rest: 0.01,
    }
}

/// A network that uses every law once: an enclosure with veins and a bath, a sac that creeps, bodies, a heart
/// chamber, a relay, a delay, a substance.
pub fn everything() -> Network {
    let spaces = vec![
        space("vault", Kind::Enclosure(wall("exponential")), &[100.0, 10.0, 0.11, 0.0, 50.0], 1, None),
        fluid("bath", "bath", &[], 1, Some(0)),
        fluid("vein", "collapsible", &[10.0, 1.0, 0.3, 1.0], 1, Some(0)),
        fluid("artery", "elastic", &[20.0, 1.5], 0, None),
        fluid("sac", "stiffening", &[30.0, 0.4, 4.0, 0.6, 0.2, 0.01], 2, None),
        fluid("fat", "creeping", &[10.0, 0.2, 0.5, 60.0], 2, None),
        fluid("chamber", "time_varying_elastance", &[15.0, 10.0, 0.4, 0.0], 0, None),
        fluid("skull", "elastic", &[50.0, 0.2], 1, None),
        space("fork", Kind::Junction, &[], 0, None),
        space("outside", Kind::Outside, &[3.0], 0, None),
        fluid("canal", "elastic", &[40.0, 0.25], 2, None),
        fluid("ventricle", "ventricle", &[80.0, 26.0, 0.032, 20.0, 0.4, 0.3], 0, None),
    ];
    let squeezed = |mut p: Passage| {
        p.outside = Some(SpaceId(0));
        p
    };
    let passages = vec![
        passage("inlet", "one_way", 6, 3, &[0.05, 0.5, 0.0]),
        passage("to_fork", "resistance", 3, 8, &[1.0]),
        passage("arteriole", "volume_resistance", 3, 2, &[5.0, 20.0]),
        squeezed(passage("bridging", "starling", 2, 8, &[0.4, 0.3])),
        passage("jugular", "collapsible", 8, 6, &[0.05, 0.6]),
        passage("foramen", "inertance", 1, 4, &[0.05, 0.01]),
        passage("duct", "tube", 4, 5, &[15.0, 1.8]),
        passage("pump", "source", 9, 1, &[0.006]),
        passage("shunt", "threshold", 1, 9, &[20.0, 12.0, 8.0]),
        passage("skull_leak", "resistance", 7, 5, &[50.0]),
        passage("canal_leak", "resistance", 10, 5, &[30.0]),
        passage("mitral_valve", "one_way", 11, 3, &[0.01, 0.5, 0.0]),
    ];
    let vein = Owner::Space(SpaceId(2));
    let arteriole = Owner::Passage(PassageId(2));
    let signals = vec![
        signal("heart", "clock", &[1.2, 0.0], &[]),
        acting(
            signal("systole", "activation", &[0.3, 0.05], &[Observable::Signal(SignalId(0))]),
            Owner::Space(SpaceId(6)),
            3,
            How::Set,
        ),
        signal("breathing", "breath", &[-4.0, -3.0, 0.4], &[Observable::Signal(SignalId(0))]),
        signal("error", "linear", &[0.1, 6.0, 0.0], &[Observable::Flow(PassageId(1))]),
        acting(
            signal("tone", "saturation", &[1.0, 0.0, 0.0, 0.5, 0.7], &[Observable::Signal(SignalId(3))]),
            arteriole,
            0,
            How::Exponent,
        ),
        acting(signal("slow", "lag", &[5.0, 0.0], &[Observable::Pressure(SpaceId(3))]), vein, 0, How::Add),
        signal("late", "delay", &[4.0, 2.0, 0.0], &[Observable::Signal(SignalId(5))]),
        signal(
            "both",
            "sum",
            &[1.0, -2.0],
            &[Observable::Signal(SignalId(5)), Observable::Signal(SignalId(6))],
        ),
        signal("times", "product", &[], &[Observable::Signal(SignalId(5)), Observable::Volume(SpaceId(0))]),
        signal("held", "integrator", &[0.01, 5.0, 0.0], &[Observable::Transmural(SpaceId(2))]),
        signal("relay", "hysteresis", &[9.0, 7.0, 1.0, 0.0], &[Observable::Pressure(SpaceId(0))]),
        acting(signal("steady", "constant", &[1.1], &[]), Owner::Passage(PassageId(1)), 0, How::Scale),
        signal(
            "gas",
            "oxygen_content",
            &[],
            &[Observable::Pressure(SpaceId(3)), Observable::Pressure(SpaceId(0))],
        ),
        signal(
            "acid",
            "carbon_dioxide_content",
            &[],
            &[Observable::Pressure(SpaceId(3)), Observable::Pressure(SpaceId(0))],
        ),
        acting(
            signal("vault_yields", "linear", &[1.0, 0.0, 0.0], &[Observable::Motion(0, 0)]),
            Owner::Space(SpaceId(0)),
            0,
            How::Add,
        ),
        acting(
            signal("canal_yields", "linear", &[1.0, 0.0, 0.0], &[Observable::Motion(0, 1)]),
            Owner::Space(SpaceId(10)),
            0,
            How::Add,
        ),
        acting(
            signal("contraction", "contraction", &[0.35, 0.15, 0.05], &[Observable::Signal(SignalId(0))]),
            Owner::Space(SpaceId(11)),
            5,
            How::Set,
        ),
    ];
    Network {
        fluids: vec![blood(None)],
        landmarks: vec![landmark("heart", 0.0), landmark("head", 300.0), landmark("sacrum", -300.0)],
        segments: Vec::new(),
        spaces,
        passages,
        signals,
        substances: vec![Substance {
            name: "dye".into(),
            held: vec![(SpaceId(1), 1.0), (SpaceId(4), 0.5), (SpaceId(5), 0.2)],
        }],
        bodies: vec![Bodies {
            drives: vec![
                Drive::Observed(Observable::Pressure(SpaceId(0))),
                Drive::Observed(Observable::Signal(SignalId(5))),
                Drive::Up(None, 1),
            ],
            states: vec![
                BodyState { rate: 0.5, gains: vec![0.2, 0.04, 1.0] },
                BodyState { rate: 0.2, gains: vec![0.1, 0.25, 0.0] },
            ],
            outputs: vec![
                body_output("vault_yield", [1.0, 0.1], 0.05),
                body_output("canal_yield", [0.1, 1.0], 0.02),
            ],
            pulls: Vec::new(),
            releases: Vec::new(),
        }],
    }
}

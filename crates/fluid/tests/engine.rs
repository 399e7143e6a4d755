//! The compiled equations against their definition.

mod common;

use cisterna_fluid::*;
use cisterna_solver::{Four, Lanes, Real, System};
use common::*;

fn tilting() -> Inputs {
    let ramp = |initial, to| {
        Driver::Schedule(Schedule { initial, changes: vec![Change { start: 0.0, end: 8.0, to, turn: 0.0 }] })
    };
    let rate = Address { owner: Owner::Passage(PassageId(7)), parameter: 0 };
    Inputs {
        up: [Driver::Constant(0.0), ramp(1.0, 0.0), ramp(0.0, 1.0)],
        segments: Vec::new(),
        driven: vec![(rate, ramp(0.006, 0.03))],
    }
}

fn dense<S: System<f64>>(engine: &S, entries: &[f64]) -> Vec<Vec<f64>> {
    let n = engine.dimension();
    let pattern = engine.pattern();
    let mut matrix = vec![vec![0.0; n]; n];
    for (row, line) in matrix.iter_mut().enumerate() {
        for entry in pattern.row_starts[row]..pattern.row_starts[row + 1] {
            line[pattern.columns[entry]] = entries[entry];
        }
    }
    matrix
}

#[test]
fn the_jacobian_is_exact_for_every_law() {
    let compiled = Compiled::new(&everything(), &tilting()).unwrap();
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
    let n = engine.dimension();
    for mode in [0.0, 1.0] {
        engine.set_mode(0, 0, mode);
        engine.set_mode(0, 1, mode);
        for time in [0.13, 0.31, 3.7] {
            let mut y: Vec<f64> = compiled.start().to_vec();
            y.iter_mut().enumerate().for_each(|(i, y)| *y += 0.1 * (i as f64).sin());
            let (mut entries, mut slope) = (vec![0.0; engine.pattern().columns.len()], vec![0.0; n]);
            engine.jacobian(time, &y, &mut entries, &mut slope);
            let exact = dense(&engine, &entries);
            let mut rates = |t: f64, y: &[f64]| {
                let mut f = vec![0.0; n];
                engine.rates(t, y, &mut f);
                f
            };
            for column in 0..=n {
                let (mut above, mut below) = (y.clone(), y.clone());
                let step = 1e-6;
                let (mut late, mut early) = (time, time);
                if column == n {
                    late += step;
                    early -= step;
                } else {
                    above[column] += step;
                    below[column] -= step;
                }
                let (up, down) = (rates(late, &above), rates(early, &below));
                for row in 0..n {
                    let difference = (up[row] - down[row]) / (2.0 * step);
                    let value = if column == n { slope[row] } else { exact[row][column] };
                    let tolerance = 2e-6 * (1.0 + value.abs()).max(up[row].abs() * 0.1);
                    assert!(
                        (difference - value).abs() < tolerance,
                        "row {} column {:?}: {value} against {difference}",
                        compiled.names()[row],
                        compiled.names().get(column)
                    );
                }
            }
        }
    }
}

#[test]
fn valves_tell_how_far_they_are_from_opening() {
    let compiled = Compiled::new(&everything(), &tilting()).unwrap();
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
    let (n, entries) = (engine.dimension(), engine.pattern().columns.len());
    let start = compiled.start().to_vec();
    engine.linearize(0.3, &start, &mut vec![0.0; n], &mut vec![0.0; entries], &mut vec![0.0; n]);
    let mut distances = vec![0.0; engine.corner_count()];
    engine.corners(&mut distances);
    // Passages 0 and 11 are the valves, both with resistance, width 0.5 mmHg and no pressure of opening.
    let mut flows = [0.0; 2];
    engine.observe(0.3, &start, &[0, 11].map(|index| Observable::Flow(PassageId(index))), &mut flows);
    let (width, resistances) = (0.5, [0.05, 0.01]);
    let expected = flows.iter().zip(resistances).map(|(flow, resistance)| {
        // The flow is w softplus(distance) / R.
        (flow * resistance / width).exp_m1().ln()
    });
    assert_eq!(distances.len(), 2);
    for (distance, expected) in distances.iter().zip(expected) {
        assert!((distance - expected).abs() < 1e-9 * expected.abs().max(1.0), "{distance} for {expected}");
    }
}

#[test]
fn lanes_compute_what_single_subjects_compute_to_the_bit() {
    let networks: Vec<Network> = (0..4)
        .map(|lane| {
            let mut network = everything();
            network.signals[0].values[0] = 0.8 + 0.2 * f64::from(lane);
            network.landmarks[1].position[2] += 10.0 * f64::from(lane);
            network
        })
        .collect();
    let compiled: Vec<_> =
        networks.iter().map(|network| Compiled::new(network, &tilting()).unwrap()).collect();
    let mut lanes = Engine::<Four>::new(&compiled).unwrap();
    let n = lanes.dimension();
    let mut state = vec![Four::constant(0.0); n];
    let mut time = Four::constant(0.0);
    for (lane, compiled) in compiled.iter().enumerate() {
        time.set_lane(lane, 0.3 + lane as f64);
        for (i, y) in state.iter_mut().enumerate() {
            y.set_lane(lane, compiled.start()[i] + 0.1 * (i as f64 + lane as f64).sin());
        }
    }
    let mut rates = vec![Four::constant(0.0); n];
    let mut slope = rates.clone();
    let mut entries = vec![Four::constant(0.0); lanes.pattern().columns.len()];
    lanes.rates(time, &state, &mut rates);
    lanes.jacobian(time, &state, &mut entries, &mut slope);
    for (lane, compiled) in compiled.iter().enumerate() {
        let mut single = Engine::<f64>::new(std::slice::from_ref(compiled)).unwrap();
        let y: Vec<f64> = state.iter().map(|y| y.lane(lane)).collect();
        let (mut f, mut s, mut j) = (vec![0.0; n], vec![0.0; n], vec![0.0; entries.len()]);
        single.rates(time.lane(lane), &y, &mut f);
        single.jacobian(time.lane(lane), &y, &mut j, &mut s);
        assert!((0..n).all(|i| f[i].to_bits() == rates[i].lane(lane).to_bits()));
        assert!((0..n).all(|i| s[i].to_bits() == slope[i].lane(lane).to_bits()));
        assert!((0..j.len()).all(|i| j[i].to_bits() == entries[i].lane(lane).to_bits()));
    }
}

#[test]
fn what_leaves_one_space_enters_another() {
    let network = everything();
    let compiled = Compiled::new(&network, &Inputs::supine()).unwrap();
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
    let mut rates = vec![0.0; engine.dimension()];
    engine.rates(0.2, compiled.start(), &mut rates);
    let volumes: f64 = compiled
        .names()
        .iter()
        .zip(&rates)
        .filter(|(name, _)| name.ends_with(".volume"))
        .map(|(_, rate)| rate)
        .sum();
    let doors: Vec<_> = (0..network.passages.len())
        .filter(|&i| network.is_door(PassageId(i)))
        .map(|i| network.passages[i].name.clone())
        .collect();
    assert_eq!(doors, ["pump", "shunt"]);
    let rate = |name: &str| rates[compiled.names().iter().position(|n| n == name).unwrap()];
    let fork = rate("fork.pressure");
    let net = rate("pump.passed") - rate("shunt.passed");
    assert!((volumes + fork - net).abs() < 1e-12, "{volumes} {fork} {net}");
}

/// Two signals that act on one parameter, a ring of signals, a wall without bodies: each is named.
#[test]
fn networks_that_cannot_be_run_say_why() {
    let reason = |change: &dyn Fn(&mut Network)| {
        let mut network = everything();
        change(&mut network);
        Compiled::new(&network, &Inputs::supine()).unwrap_err().to_string()
    };
    let twice = reason(&|n| n.signals[8].acts = n.signals[4].acts);
    assert_eq!(twice, "both `tone` and `times` act on `arteriole.resistance`; a parameter has one writer");
    let ring = reason(&|n| n.signals[3].senses = vec![Observable::Flow(PassageId(2))]);
    assert!(ring.starts_with("arteriole -> tone -> error -> arteriole depend on each other"), "{ring}");
    assert!(reason(&|n| n.signals[1].senses = vec![Observable::Signal(SignalId(5))]).contains("`clock`"));
}

/// A closed ring of blood at three heights, at hydrostatic balance: in no posture does its own weight drive it.
#[test]
fn a_closed_loop_at_rest_carries_no_net_head_in_any_tilt() {
    let network = Network {
        fluids: vec![blood(None)],
        landmarks: vec![landmark("heart", 0.0), landmark("head", 300.0), landmark("legs", -700.0)],
        spaces: vec![
            fluid("heart", "elastic", &[100.0, 5.0], 0, None),
            fluid("head", "elastic", &[100.0, 2.0], 1, None),
            fluid("legs", "elastic", &[100.0, 20.0], 2, None),
        ],
        passages: vec![
            passage("up", "resistance", 0, 1, &[1.0]),
            passage("down", "resistance", 1, 2, &[2.0]),
            passage("back", "resistance", 2, 0, &[0.5]),
        ],
        ..Network::default()
    };
    for degrees in [-90.0_f64, -15.0, 0.0, 20.0, 60.0, 90.0] {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let up = [0.0, cosine, sine].map(Driver::Constant);
        let compiled =
            Compiled::new(&network, &Inputs { up, segments: Vec::new(), driven: Vec::new() }).unwrap();
        let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
        // Pressures that balance the columns: rho g h below the heart, less above it.
        let weight = network.fluids[0].weight();
        let state: Vec<f64> = [(100.0, 5.0, 0.0), (100.0, 2.0, 300.0), (100.0, 20.0, -700.0)]
            .map(|(rest, compliance, height)| rest + compliance * (8.0 - weight * height * sine))
            .to_vec();
        let flows = [0, 1, 2].map(|index| Observable::Flow(PassageId(index)));
        let mut observed = [0.0; 3];
        engine.observe(0.0, &state, &flows, &mut observed);
        assert!(observed.iter().all(|flow| flow.abs() < 1e-12), "{degrees} deg: {observed:?}");
    }
}

/// Legs lifted by an angle stand above the lying trunk by their own length from the hips times its sine.
#[test]
fn lifted_legs_weigh_on_the_trunk() {
    let hips = Segment { name: "legs".into(), joint: [0.0, 0.0, -400.0], side: Side::Below, sitting: 1.4 };
    let legs = Landmark { segment: Some(0), ..landmark("legs", -700.0) };
    let network = Network {
        fluids: vec![blood(None)],
        landmarks: vec![landmark("heart", 0.0), legs],
        segments: vec![hips.clone()],
        spaces: vec![
            fluid("heart", "elastic", &[100.0, 5.0], 0, None),
            fluid("legs", "elastic", &[100.0, 20.0], 1, None),
        ],
        passages: vec![passage("iliac", "resistance", 1, 0, &[2.0])],
        ..Network::default()
    };
    let supine = [0.0, 1.0, 0.0];
    for degrees in [0.0_f64, 30.0, 90.0] {
        let own = hips.up(supine, degrees.to_radians()).map(Driver::Constant);
        let inputs = Inputs { segments: vec![Some(own)], ..Inputs::supine() };
        let compiled = Compiled::new(&network, &inputs).unwrap();
        let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
        let mut flow = [0.0];
        engine.observe(0.0, &[100.0, 100.0], &[Observable::Flow(PassageId(0))], &mut flow);
        let column = network.fluids[0].weight() * 300.0 * degrees.to_radians().sin();
        assert!((flow[0] - column / 2.0).abs() < 1e-9, "{degrees} deg: {flow:?}");
    }
}

#[test]
fn a_bent_head_comes_forwards_and_down() {
    let head = Segment { name: "head".into(), joint: [0.0; 3], side: Side::Above, sitting: 0.0 };
    let [_, forward, up] = head.up([0.0, 0.0, 1.0], std::f64::consts::FRAC_PI_2);
    // A point above the joint, along (0, 0, 1), stands as high as the joint; one in front of it hangs below.
    assert!(up.abs() < 1e-12 && (forward + 1.0).abs() < 1e-12);
}

/// An enclosure whose rest volume bodies with one state move equals one with a creeping wall of the same numbers.
#[test]
fn bodies_move_a_wall_as_a_creeping_one_moves() {
    let (fast, slow, time_constant) = (0.2, 0.5, 60.0);
    let network = |law: &str, values: &[f64]| Network {
        fluids: vec![blood(None)],
        landmarks: vec![landmark("heart", 0.0)],
        spaces: vec![
            space("skull", Kind::Enclosure(wall(law)), values, 0, None),
            Space { start_volume: Some(12.0), ..fluid("bath", "bath", &[], 0, Some(0)) },
        ],
        ..Network::default()
    };
    let creeping = network("creeping", &[10.0, fast, slow, time_constant, 0.0]);
    // x' = (slow p - x)/tau, V = V0 + x + fast p.
    let moved = Network {
        signals: vec![acting(
            signal("yields", "linear", &[1.0, 0.0, 0.0], &[Observable::Motion(0, 0)]),
            Owner::Space(SpaceId(0)),
            0,
            How::Add,
        )],
        bodies: vec![Bodies {
            drives: vec![Drive::Observed(Observable::Pressure(SpaceId(0)))],
            states: vec![BodyState { rate: 1.0 / time_constant, gains: vec![slow] }],
            outputs: vec![BodyOutput {
                name: "yield".into(),
                unit: "mL".into(),
                states: vec![1.0],
                drives: vec![0.0],
                rest: 0.0,
            }],
            pulls: Vec::new(),
            releases: Vec::new(),
        }],
        ..network("elastic", &[10.0, fast, 0.0])
    };
    // The state by its name, so that the order of the unknowns does not matter.
    let rates = |network: &Network, creep: &str| {
        let compiled = Compiled::new(network, &Inputs::supine()).unwrap();
        let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
        let place = |name: &str| compiled.names().iter().position(|known| known == name).unwrap();
        let mut state = [0.0; 3];
        state[place("skull.pressure")] = 7.0;
        state[place("bath.volume")] = 12.0;
        state[place(creep)] = 0.7;
        let mut rates = [0.0; 3];
        engine.rates(0.0, &state, &mut rates);
        [rates[place("skull.pressure")], rates[place(creep)]]
    };
    let (wall, bodies) = (rates(&creeping, "skull.creep"), rates(&moved, "bodies.0.0"));
    // The row of the enclosure says by how much its pressure misses that of the wall: 12 = 10 + 0.7 + 0.2 p at 6.5 mmHg.
    assert!((wall[0] + 0.5).abs() < 1e-12 && (bodies[0] + 0.5).abs() < 1e-12, "{wall:?} {bodies:?}");
    // The creeping wall is driven by its wall's pressure, the bodies by the enclosure's.
    assert!((wall[1] - (slow * 6.5 - 0.7) / time_constant).abs() < 1e-12, "{wall:?}");
    assert!((bodies[1] - (slow * 7.0 - 0.7) / time_constant).abs() < 1e-12, "{bodies:?}");
}

/// An output that is recorded is the one that a signal senses.
#[test]
fn what_is_asked_of_bodies_is_read_as_it_is_sensed() {
    let network = everything();
    let compiled = Compiled::new(&network, &Inputs::supine()).unwrap();
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
    let sensed = network.signals.iter().position(|signal| signal.name == "canal_yields").unwrap();
    let asked = [Observable::Motion(0, 1), Observable::Signal(SignalId(sensed)), Observable::Motion(0, 9)];
    let mut read = [0.0; 3];
    engine.observe(0.0, compiled.start(), &asked, &mut read);
    assert!(read[0].is_finite() && (read[0] - read[1]).abs() < 1e-12 && read[2].is_nan(), "{read:?}");
}

/// What lies at the top of something soft follows whichever of its points is highest; without gravity none weighs.
#[test]
fn a_top_is_the_highest_of_its_points() {
    let at = |name: &str, forward: f64| Landmark { position: [0.0, forward, 0.0], ..landmark(name, 0.0) };
    let network = Network {
        fluids: vec![blood(None)],
        landmarks: vec![
            landmark("heart", 0.0),
            at("front", 50.0),
            at("back", -20.0),
            Landmark { top_of: vec![1, 2], ..landmark("top", 0.0) },
        ],
        spaces: vec![
            space("chest", Kind::Outside, &[-4.0], 3, None),
            Space { inside: Some(SpaceId(0)), ..fluid("heart", "elastic", &[100.0, 5.0], 0, None) },
        ],
        ..Network::default()
    };
    let weight = network.fluids[0].weight();
    for (up, depth) in
        [([0.0, 1.0, 0.0], 50.0), ([0.0, -1.0, 0.0], 20.0), ([1.0, 0.0, 0.0], 0.0), ([0.0; 3], 0.0)]
    {
        let inputs = Inputs { up: up.map(Driver::Constant), ..Inputs::supine() };
        let compiled = Compiled::new(&network, &inputs).unwrap();
        let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).unwrap();
        let mut pressure = [0.0];
        engine.observe(0.0, &[100.0], &[Observable::Pressure(SpaceId(1))], &mut pressure);
        assert!((pressure[0] - (-4.0 + weight * depth)).abs() < 1e-12, "{up:?}: {pressure:?}");
    }
}

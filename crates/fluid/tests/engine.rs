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
    for lane in 0..4 {
        time.set_lane(lane, 0.3 + lane as f64);
        for (i, y) in state.iter_mut().enumerate() {
            y.set_lane(lane, compiled[lane].start()[i] + 0.1 * (i as f64 + lane as f64).sin());
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
    assert!(reason(&|n| n.ports.clear()).contains("`skull` has the wall `ports`"));
    assert!(reason(&|n| n.signals[1].senses = vec![Observable::Signal(SignalId(5))]).contains("`clock`"));
}

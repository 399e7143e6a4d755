//! Slack cables against a quadratic-programming solver.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_skeleton::structure::{Body, Cable, Layer, Load, Structure};
use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, SupportedConeT,
};
use nalgebra::{DMatrix, Matrix3, Vector3};
use proptest::prelude::*;

/// The body of each end and the place of the end in it, tension and stiffness.
#[derive(Clone, Debug)]
struct Line {
    bodies: [usize; 2],
    places: [[f64; 3]; 2],
    tension: f64,
    stiffness: f64,
}

/// A chain of four bones held by sutures, the first fixed, with cables strung between any two.
fn chain(lines: &[Line]) -> Structure {
    let mut chain = Structure::default();
    for index in 0..4 {
        let centre = Vector3::new(30.0 * f64::from(index), 5.0 * f64::from(index % 2), 0.0);
        let body = chain.add(Body { name: format!("bone {index}"), centre }).unwrap();
        if body == 0 {
            chain.fix(body).unwrap();
        } else {
            let layer = Layer {
                area: 200.0,
                gap: 2.0,
                centre: centre - Vector3::new(15.0, 0.0, 0.0),
                spread: Matrix3::from_diagonal(&Vector3::new(0.0, 30.0, 4.0)),
                normal: Vector3::x(),
                coherence: 1.0,
            };
            chain.join(&format!("suture {body}"), body - 1, body, layer.tissue(10.0, 4.0)).unwrap();
        }
    }
    for (index, line) in lines.iter().enumerate() {
        let ends =
            [0, 1].map(|end| chain.bodies()[line.bodies[end]].centre + Vector3::from(line.places[end]));
        let cable = Cable { ends, tension: line.tension, stiffness: line.stiffness, relaxation: Vec::new() };
        chain.string(&format!("cable {index}"), line.bodies[0], line.bodies[1], cable).unwrap();
    }
    chain
}

/// The row that makes of all motions the stretch of a line.
fn stretch(chain: &Structure, line: &Line) -> Vec<f64> {
    let [first, second] =
        [0, 1].map(|end| chain.bodies()[line.bodies[end]].centre + Vector3::from(line.places[end]));
    let direction = (second - first).normalize();
    let mut row = vec![0.0; 24];
    for (end, sign) in [(0, -1.0), (1, 1.0)] {
        let turn = Vector3::from(line.places[end]).cross(&direction);
        for axis in 0..3 {
            row[6 * line.bodies[end] + axis] += sign * direction[axis];
            row[6 * line.bodies[end] + 3 + axis] += sign * turn[axis];
        }
    }
    row
}

/// The motions of all but the first body and the tensions: the least of `u K u / 2 - f u + sum of k t^2 / 2` with
/// `t >= stretch + T/k` and `t >= 0`, `f` the load and what balances the tensions at rest. None where the solver of the
/// quadratic programme gets no further.
fn by_quadratic_programming(lines: &[Line], force: &[f64; 6]) -> Option<(Vec<f64>, Vec<f64>)> {
    let bare = chain(&[]);
    let tissue = bare.stiffness();
    let (n, m) = (18, lines.len());
    let mut quadratic = DMatrix::zeros(n + m, n + m);
    quadratic.view_mut((0, 0), (n, n)).copy_from(&tissue.view((6, 6), (n, n)));
    let mut linear = vec![0.0; n + m];
    force.iter().enumerate().for_each(|(axis, force)| linear[12 + axis] -= force);
    // -t + stretch <= -T/k and -t <= 0.
    let mut constraints = DMatrix::zeros(2 * m, n + m);
    let mut bounds = vec![0.0; 2 * m];
    for (index, line) in lines.iter().enumerate() {
        quadratic[(n + index, n + index)] = line.stiffness;
        for (column, share) in stretch(&bare, line).iter().enumerate().skip(6) {
            linear[column - 6] -= line.tension * share;
            constraints[(index, column - 6)] = *share;
        }
        constraints[(index, n + index)] = -1.0;
        constraints[(m + index, n + index)] = -1.0;
        bounds[index] = -line.tension / line.stiffness;
    }
    let sparse = |matrix: &DMatrix<f64>| {
        CscMatrix::from(
            &(0..matrix.nrows())
                .map(|row| matrix.row(row).iter().copied().collect())
                .collect::<Vec<Vec<f64>>>(),
        )
    };
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: 1e-11,
        tol_gap_rel: 1e-11,
        tol_feas: 1e-11,
        ..DefaultSettings::default()
    };
    let upper = sparse(&DMatrix::from_fn(n + m, n + m, |i, j| if i <= j { quadratic[(i, j)] } else { 0.0 }));
    let cones: [SupportedConeT<f64>; 1] = [NonnegativeConeT(2 * m)];
    let mut solver =
        DefaultSolver::new(&upper, &linear, &sparse(&constraints), &bounds, &cones, settings).unwrap();
    solver.solve();
    if !matches!(solver.solution.status, SolverStatus::Solved) {
        return None;
    }
    let (motions, stretches) = solver.solution.x.split_at(n);
    let tensions = stretches.iter().zip(lines).map(|(t, line)| t * line.stiffness).collect();
    Some((motions.to_vec(), tensions))
}

fn line() -> impl Strategy<Value = Line> {
    let places = || prop::array::uniform3(-12.0..12.0_f64);
    let bodies = prop::sample::select(vec![[0, 1], [1, 2], [2, 3], [0, 2], [1, 3], [0, 3]]);
    (bodies, places(), places(), 0.0..3.0, 0.5..20.0).prop_map(|(bodies, one, other, tension, stiffness)| {
        Line { bodies, places: [one, other], tension, stiffness }
    })
}

proptest! {
    #[test]
    fn cables_hang_slack_where_a_quadratic_programme_has_them_slack(
        lines in prop::collection::vec(line(), 1..12),
        force in prop::array::uniform6(-20.0..20.0_f64),
    ) {
        let chain = chain(&lines);
        let load = Load {
            body: 3,
            force: Vector3::new(force[0], force[1], force[2]),
            moment: Vector3::new(force[3], force[4], force[5]),
        };
        let found = chain.equilibrium(&[load]).unwrap();
        let theirs = by_quadratic_programming(&lines, &force);
        prop_assume!(theirs.is_some());
        let (motions, tensions) = theirs.unwrap();
        let size = motions.iter().fold(1e-3, |size: f64, x| size.max(x.abs()));
        for (body, motion) in found.motions.iter().enumerate().skip(1) {
            for axis in 0..3 {
                let theirs = [motions[6 * (body - 1) + axis], motions[6 * (body - 1) + 3 + axis]];
                prop_assert!((motion.shift[axis] - theirs[0]).abs() < 1e-6 * size);
                prop_assert!((motion.turn[axis] - theirs[1]).abs() < 1e-6 * size);
            }
        }
        // An interior point leaves a tension that is nought at about the root of its gap.
        for (own, theirs) in found.tensions.iter().zip(&tensions) {
            prop_assert!((own - theirs).abs() < 1e-3 * theirs.abs().max(1.0), "{own} for {theirs}");
        }
    }
}

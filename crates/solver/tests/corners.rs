//! Corners that a system tells of, and sizes that a caller gives.

use cisterna_solver::{Failure, Four, Integrator, Lanes, Options, Pattern, System};

/// A store filled through a valve by a pressure that swings, and emptied through a resistance:
/// `y' = 50 w softplus((sin(turns t) - y) / w) - 2 y`, with a width `w` that is passed in a hundredth of a step.
struct Rectifier<F> {
    pattern: Pattern,
    /// Whether the valve tells how far it is from opening.
    tells: bool,
    distance: F,
}

const WIDTH: f64 = 1e-4;

impl<F: Lanes> Rectifier<F> {
    fn new(tells: bool) -> Self {
        let pattern = Pattern { row_starts: vec![0, 1], columns: vec![0] };
        Rectifier { pattern, tells, distance: F::constant(0.0) }
    }

    fn drive(time: F, y: &[F]) -> F {
        time.sin_turns() - y[0]
    }
}

impl<F: Lanes> System<F> for Rectifier<F> {
    fn dimension(&self) -> usize {
        1
    }
    fn mass(&self) -> &[f64] {
        &[1.0]
    }
    fn scales(&self) -> &[f64] {
        &[1.0]
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: F, y: &[F], rates: &mut [F]) {
        let flow = Self::drive(time, y).positive_part(F::constant(WIDTH));
        rates[0] = F::constant(50.0) * flow - F::constant(2.0) * y[0];
    }
    fn jacobian(&mut self, time: F, y: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        let drive = Self::drive(time, y);
        let open = F::constant(50.0) * (drive / F::constant(WIDTH)).sigmoid();
        jacobian[0] = -open - F::constant(2.0);
        time_slope[0] = open * time.cos_turns() * F::constant(std::f64::consts::TAU);
        self.distance = drive / F::constant(WIDTH);
    }
    fn corner_count(&self) -> usize {
        usize::from(self.tells)
    }
    fn corners(&self, distances: &mut [F]) {
        distances.fill(self.distance);
    }
}

/// The end of ten periods, with how many trials it took.
fn ten_periods<F: Lanes>(tells: bool, tolerance: f64) -> Result<(Vec<f64>, u64), Failure> {
    let mut system = Rectifier::<F>::new(tells);
    let options = Options { tolerance, ..Options::default() };
    let starts: Vec<Vec<f64>> = (0..F::COUNT).map(|lane| vec![0.2 + 0.1 * lane as f64]).collect();
    let mut run = Integrator::<F>::new(&mut system, options, 0.0, &starts)?;
    run.advance(&mut system, 10.0, &mut ())?;
    let ends = (0..F::COUNT).map(|lane| run.last_step(lane).map_or(f64::NAN, |step| step.value(10.0, 0)));
    let counts = run.counts(0);
    Ok((ends.collect(), counts.accepted + counts.discarded))
}

#[test]
fn a_corner_that_is_seen_coming_saves_trials_at_no_loss() {
    let truth = ten_periods::<f64>(false, 1e-9).unwrap().0[0];
    let (blind, seeing) = (ten_periods::<f64>(false, 1e-3).unwrap(), ten_periods::<f64>(true, 1e-3).unwrap());
    println!("{} trials blind, {} seeing", blind.1, seeing.1);
    assert!(seeing.1 * 10 < blind.1 * 9, "{} trials blind, {} seeing", blind.1, seeing.1);
    for (end, _) in [&blind, &seeing] {
        assert!((end[0] - truth).abs() < 1e-3, "{} for {truth}", end[0]);
    }
}

#[test]
fn lanes_see_corners_as_their_single_runs_do() {
    let single = ten_periods::<f64>(true, 1e-4).unwrap();
    let lanes = ten_periods::<Four>(true, 1e-4).unwrap();
    assert_eq!((lanes.0[0], lanes.1), (single.0[0], single.1));
}

#[test]
fn errors_are_measured_against_the_sizes_that_are_given() {
    let trials = |sizes: Option<f64>| {
        let mut system = Rectifier::<f64>::new(false);
        let options = Options { tolerance: 1e-4, ..Options::default() };
        let mut run = Integrator::new(&mut system, options, 0.0, &[vec![0.2]]).expect("the start fits");
        if let Some(size) = sizes {
            run.measure_against(0, &[size]).expect("a size for each unknown");
        }
        run.advance(&mut system, 10.0, &mut ()).expect("the run reaches its end");
        run.counts(0).accepted
    };
    // The unknown stays below its scale of one, so that a size of one changes nothing.
    assert_eq!(trials(None), trials(Some(1.0)));
    assert!(trials(Some(0.01)) > 2 * trials(None));
    let mut system = Rectifier::<f64>::new(false);
    let mut run =
        Integrator::new(&mut system, Options::default(), 0.0, &[vec![0.2]]).expect("the start fits");
    for wrong in [&[][..], &[0.0], &[f64::NAN], &[1.0, 1.0]] {
        assert!(run.measure_against(0, wrong).is_err(), "{wrong:?}");
    }
    assert!(run.measure_against(1, &[1.0]).is_err());
}

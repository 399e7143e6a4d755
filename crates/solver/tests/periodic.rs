//! Fixed points of period maps with slow, fast and conserved parts.

use std::convert::Infallible;

use cisterna_solver::{NoFixedPoint, Periodic, fixed_point};

const N: usize = 60;

/// A map with these eigenvalues in a full basis of reflections, the total conserved, towards a fixed point.
struct Beat {
    mirror: Vec<f64>,
    eigenvalues: Vec<f64>,
    goal: Vec<f64>,
    bend: f64,
}

impl Beat {
    fn new(bend: f64) -> Self {
        // The mirror that takes the total to the first coordinate, so that the total is the eigenvector for 1.
        let even = 1.0 / (N as f64).sqrt();
        let mut mirror = vec![even; N];
        mirror[0] -= 1.0;
        let length = mirror.iter().map(|x| x * x).sum::<f64>().sqrt();
        mirror.iter_mut().for_each(|x| *x /= length);
        let mut eigenvalues = vec![1.0, 0.9986, 0.997, 0.99, 0.97, 0.9, 0.8, 0.5, 0.3, -0.3];
        eigenvalues.extend((10..N).map(|k| 0.6 * (k as f64 * 1.7).sin() * (-0.05 * k as f64).exp()));
        let goal = (0..N).map(|k| 1.0 + 0.5 * (k as f64).sin()).collect();
        Beat { mirror, eigenvalues, goal, bend }
    }

    fn reflect(&self, x: &[f64]) -> Vec<f64> {
        let part: f64 = 2.0 * self.mirror.iter().zip(x).map(|(m, x)| m * x).sum::<f64>();
        x.iter().zip(&self.mirror).map(|(x, m)| x - part * m).collect()
    }

    fn apply(&self, x: &[f64], out: &mut [f64]) {
        let offset: Vec<f64> = x.iter().zip(&self.goal).map(|(x, goal)| x - goal).collect();
        let mut parts = self.reflect(&offset);
        for (k, part) in parts.iter_mut().enumerate() {
            let bent = if k == 0 { *part } else { *part - self.bend * part.powi(3) / (1.0 + *part * *part) };
            *part = self.eigenvalues[k] * bent;
        }
        for ((out, step), goal) in out.iter_mut().zip(self.reflect(&parts)).zip(&self.goal) {
            *out = goal + step;
        }
    }

    /// A start with the total of the fixed point.
    fn start(&self) -> Vec<f64> {
        let total: f64 = self.goal.iter().sum();
        let ramp: Vec<f64> = (0..N).map(|k| 0.5 + k as f64 / N as f64).collect();
        let scale = total / ramp.iter().sum::<f64>();
        ramp.iter().map(|x| x * scale).collect()
    }
}

fn wanted(scales: &[f64]) -> Periodic<'_> {
    Periodic { scales, tolerance: 1e-6, max_evaluations: 60, admissible: &|_| true }
}

#[test]
fn slow_modes_and_a_conserved_total_settle_within_sixty_beats() {
    for bend in [0.0, 0.05] {
        let beat = Beat::new(bend);
        let map = |x: &[f64], out: &mut [f64]| {
            beat.apply(x, out);
            Ok::<(), Infallible>(())
        };
        let start = beat.start();
        let found = fixed_point(map, &start, &wanted(&[1.0; N])).expect("it settles");
        let (before, after): (f64, f64) = (start.iter().sum(), found.state.iter().sum());
        let off = found.state.iter().zip(&beat.goal).map(|(x, goal)| (x - goal).abs()).fold(0.0, f64::max);
        println!(
            "bend {bend}: {} beats, residual {:.1e}, off by {off:.1e}, total off by {:.1e}",
            found.evaluations,
            found.residual,
            after - before
        );
        assert!(found.evaluations < 60 && found.residual <= 1e-6);
        assert!((after / before - 1.0).abs() < 1e-12);
        assert!(off < 2e-3);
    }
}

#[test]
fn the_plain_map_would_take_thousands_of_beats() {
    let beat = Beat::new(0.0);
    let (mut x, mut out) = (beat.start(), vec![0.0; N]);
    for _ in 0..1000 {
        beat.apply(&x, &mut out);
        std::mem::swap(&mut x, &mut out);
    }
    let change = x.iter().zip(&out).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(change > 1e-5, "{change}");
}

#[test]
fn inadmissible_guesses_are_not_tried_and_failing_ones_are_survived() {
    // A volume that would be guessed negative: x' = x^2 / (x + 1) + 0.1 has its fixed point at 1/9.
    let mut met = Vec::new();
    let map = |x: &[f64], out: &mut [f64]| {
        met.push(x[0]);
        if x[0] > 3.0 && met.len() > 2 {
            return Err("too full");
        }
        out[0] = x[0] * x[0] / (x[0] + 1.0) + 0.1;
        Ok(())
    };
    let positive = |x: &[f64]| x[0] > 0.0;
    let wanted = Periodic { scales: &[1.0], tolerance: 1e-10, max_evaluations: 60, admissible: &positive };
    let found = fixed_point(map, &[2.9], &wanted).expect("it settles");
    assert!((found.state[0] - 1.0 / 9.0).abs() < 1e-9, "{found:?}");
    assert!(met.iter().all(|x| *x > 0.0));
}

#[test]
fn what_does_not_settle_gives_its_best() {
    let map = |x: &[f64], out: &mut [f64]| {
        out[0] = x[0] + 1.0;
        Ok::<(), Infallible>(())
    };
    let never = Periodic { scales: &[1.0], tolerance: 1e-10, max_evaluations: 7, admissible: &|_| true };
    match fixed_point(map, &[0.0], &never) {
        Err(NoFixedPoint::NotSettled(best)) => assert_eq!((best.evaluations, best.residual), (7, 1.0)),
        other => panic!("{other:?}"),
    }
    let broken = |_: &[f64], out: &mut [f64]| {
        out[0] = f64::NAN;
        Ok::<(), Infallible>(())
    };
    assert_eq!(fixed_point(broken, &[0.0], &never), Err(NoFixedPoint::NotFinite));
    assert_eq!(fixed_point(map, &[0.0, 1.0], &never), Err(NoFixedPoint::Malformed));
}

//! How long the pieces of a step take on a chain of 30 compliant spaces with 30 inertial passages and side branches.

use std::hint::black_box;
use std::time::Instant;

use cisterna_solver::{Four, Integrator, Lanes, Options, Pattern, SparseLu, System};

const SPACES: usize = 30;
const N: usize = 2 * SPACES;

/// Space `i` feeds flow `SPACES + i` into space `i + 1` (in a ring); every fifth also leaks into the one opposite.
struct Chain {
    pattern: Pattern,
    mass: Vec<f64>,
    scales: Vec<f64>,
}

impl Chain {
    fn new() -> Self {
        let mut rows: Vec<Vec<usize>> = (0..N).map(|row| vec![row]).collect();
        for i in 0..SPACES {
            let (next, flow) = ((i + 1) % SPACES, SPACES + i);
            rows[i].push(flow);
            rows[next].push(flow);
            rows[flow].extend([i, next]);
            if i % 5 == 0 {
                let opposite = (i + SPACES / 2) % SPACES;
                rows[i].push(opposite);
                rows[opposite].push(i);
            }
        }
        rows.iter_mut().for_each(|row| {
            row.sort_unstable();
            row.dedup();
        });
        let mut row_starts = vec![0];
        for row in &rows {
            row_starts.push(row_starts[row_starts.len() - 1] + row.len());
        }
        let pattern = Pattern { row_starts, columns: rows.concat() };
        Chain { pattern, mass: vec![1.0; N], scales: vec![1.0; N] }
    }

    fn leak(i: usize) -> Option<usize> {
        i.is_multiple_of(5).then_some((i + SPACES / 2) % SPACES)
    }
}

impl<F: Lanes> System<F> for Chain {
    fn dimension(&self) -> usize {
        N
    }
    fn mass(&self) -> &[f64] {
        &self.mass
    }
    fn scales(&self) -> &[f64] {
        &self.scales
    }
    fn pattern(&self) -> &Pattern {
        &self.pattern
    }
    fn rates(&mut self, time: F, y: &[F], rates: &mut [F]) {
        rates.fill(F::constant(0.0));
        for i in 0..SPACES {
            let (next, flow) = ((i + 1) % SPACES, SPACES + i);
            rates[i] -= y[flow];
            rates[next] += y[flow];
            rates[flow] = F::constant(50.0) * (y[i] - y[next]) - F::constant(20.0) * y[flow];
            if let Some(other) = Chain::leak(i) {
                let leak = F::constant(0.1) * (y[i] - y[other]);
                rates[i] -= leak;
                rates[other] += leak;
            }
        }
        rates[SPACES] += F::constant(50.0) * time.sin_turns();
    }
    fn jacobian(&mut self, time: F, _: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        jacobian.fill(F::constant(0.0));
        time_slope.fill(F::constant(0.0));
        time_slope[SPACES] = F::constant(50.0 * std::f64::consts::TAU) * time.cos_turns();
        let mut add = |row: usize, column: usize, x: f64| {
            let start = self.pattern.row_starts[row];
            let columns = &self.pattern.columns[start..self.pattern.row_starts[row + 1]];
            jacobian[start + columns.partition_point(|&c| c < column)] += F::constant(x);
        };
        for i in 0..SPACES {
            let (next, flow) = ((i + 1) % SPACES, SPACES + i);
            add(i, flow, -1.0);
            add(next, flow, 1.0);
            add(flow, i, 50.0);
            add(flow, next, -50.0);
            add(flow, flow, -20.0);
            if let Some(other) = Chain::leak(i) {
                for (row, sign) in [(i, -0.1), (other, 0.1)] {
                    add(row, i, sign);
                    add(row, other, -sign);
                }
            }
        }
    }
}

fn nanoseconds(times: u32, mut work: impl FnMut()) -> f64 {
    let best = (0..7).map(|_| {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        start.elapsed().as_secs_f64()
    });
    best.fold(f64::INFINITY, f64::min) * 1e9 / f64::from(times)
}

fn measure<F: Lanes>(name: &str) {
    let mut chain = Chain::new();
    let mut lu = SparseLu::<F>::new(System::<F>::pattern(&chain));
    let zeros = || vec![F::constant(0.0); N];
    let mut jacobian = vec![F::constant(0.0); System::<F>::pattern(&chain).columns.len()];
    let (mut slope, mut rates, mut x) = (zeros(), zeros(), zeros());
    let diagonal = vec![F::constant(4000.0); N];
    let y = vec![F::constant(0.3); N];
    let time = F::constant(0.1);
    chain.jacobian(time, &y, &mut jacobian, &mut slope);
    let entries = (jacobian.len(), lu.stored());
    let factor = nanoseconds(20_000, || {
        black_box(lu.factor(black_box(&diagonal), black_box(&jacobian)));
    });
    let solve = nanoseconds(50_000, || {
        x.copy_from_slice(&y);
        lu.solve(black_box(&mut x));
    });
    let rate = nanoseconds(50_000, || chain.rates(time, black_box(&y), black_box(&mut rates)));
    let slopes = nanoseconds(20_000, || chain.jacobian(time, black_box(&y), &mut jacobian, &mut slope));
    let options = Options { max_step: 1e-3, ..Options::default() };
    let states = vec![vec![0.0; N]; F::COUNT];
    let mut steps = 0;
    let start = Instant::now();
    if let Ok(mut run) = Integrator::<F>::new(&mut chain, options, 0.0, &states) {
        let outcome = run.advance(&mut chain, 20.0, &mut ());
        steps = run.counts(0).accepted + run.counts(0).discarded;
        black_box(outcome.is_ok());
    }
    let step = start.elapsed().as_secs_f64() * 1e9 / steps as f64;
    println!(
        "{name}: {entries:?} entries, factor {factor:.0} ns, solve {solve:.0} ns, rates {rate:.0} ns, jacobian \
         {slopes:.0} ns, step {step:.0} ns ({:.0} without the system)",
        step - 6.0 * rate - slopes
    );
}

fn main() {
    measure::<f64>("one lane");
    measure::<Four>("four lanes");
}

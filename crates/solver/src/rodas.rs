//! One step of the Rosenbrock method RODAS in all lanes.

use crate::{Lanes, SparseLu, System};

/// The coefficient on the diagonal of the method.
const GAMMA: f64 = 0.25;
/// Times of the stages, as fractions of the step.
const TIMES: [f64; 4] = [0.0, 0.386, 0.21, 0.63];
/// Weights of the time slope.
const SLOPES: [f64; 4] = [0.25, -0.1043, 0.1035, -0.036_200_000_000_000_23];
/// Weights of the stages in the points at which the rates are taken.
const A2: [f64; 1] = [1.544];
const A3: [f64; 2] = [0.946_678_528_081_582_6, 0.255_701_169_898_328_4];
const A4: [f64; 3] = [3.314_825_187_068_521, 2.896_124_015_972_201, 0.998_641_913_997_781_7];
const A5: [f64; 4] =
    [1.221_224_509_226_641, 6.019_134_481_288_629, 12.537_083_329_320_87, -0.687_886_036_105_895];
/// Weights of the stages in the right-hand sides (to be divided by the step).
const C2: [f64; 1] = [-5.6688];
const C3: [f64; 2] = [-2.430_093_356_833_875, -0.206_359_915_709_191_5];
const C4: [f64; 3] = [-0.107_352_905_815_137_5, -9.594_562_251_023_355, -20.470_286_148_096_16];
const C5: [f64; 4] =
    [7.496_443_313_967_647, -10.246_804_314_643_52, -33.999_903_528_199_05, 11.708_908_932_061_6];
const C6: [f64; 5] = [
    8.083_246_795_921_522,
    -7.981_132_988_064_893,
    -31.521_594_328_743_71,
    16.319_305_431_231_36,
    -6.058_818_238_834_054,
];
/// Weights of the stages in the two upper terms of the dense output.
const BEND: [f64; 5] = [
    10.126_235_083_445_86,
    -7.487_995_877_610_167,
    -34.800_918_615_557_47,
    -7.992_771_707_568_823,
    1.025_137_723_295_662,
];
const TWIST: [f64; 5] = [
    -0.676_280_339_280_125_3,
    6.087_714_651_680_015,
    16.430_843_208_924_78,
    24.767_225_114_183_86,
    -6.594_389_125_716_872,
];

/// RODAS (Hairer & Wanner, Solving Ordinary Differential Equations II, 2nd ed. 1996, section VI.4, the first of
/// their three sets): six stages, order 4 with an embedded 3, stiffly accurate, for `M y' = f(t, y)` with a
/// diagonal mass matrix that may have zeros. In the transformed variables of section IV.7 each stage solves
///
/// `(M / (h gamma) - J) u_i = f(t + alpha_i h, y + sum_j a_ij u_j) + M sum_j (c_ij / h) u_j + gamma_i h df/dt`
///
/// with the same matrix, so that a step costs one factorisation and no product with a matrix.
pub(crate) struct Rodas<F> {
    lu: SparseLu<F>,
    mass: Vec<F>,
    /// At the start of the step: rates, Jacobian, time slope.
    pub(crate) start_rates: Vec<F>,
    jacobian: Vec<F>,
    pub(crate) time_slope: Vec<F>,
    /// The stages; the last is the estimate of the error.
    stages: [Vec<F>; 6],
    point: Vec<F>,
    rates: Vec<F>,
    diagonal: Vec<F>,
    /// The state at the end of the step.
    pub(crate) end: Vec<F>,
    /// The upper terms of the dense output (see [`interpolate`]).
    pub(crate) bend: Vec<F>,
    pub(crate) twist: Vec<F>,
}

impl<F: Lanes> Rodas<F> {
    pub(crate) fn new<S: System<F> + ?Sized>(system: &S, lu: SparseLu<F>) -> Self {
        let zeros = || vec![F::constant(0.0); system.dimension()];
        Rodas {
            lu,
            mass: system.mass().iter().map(|&m| F::constant(m)).collect(),
            start_rates: zeros(),
            jacobian: vec![F::constant(0.0); system.pattern().columns.len()],
            time_slope: zeros(),
            stages: std::array::from_fn(|_| zeros()),
            point: zeros(),
            rates: zeros(),
            diagonal: zeros(),
            end: zeros(),
            bend: zeros(),
            twist: zeros(),
        }
    }

    /// Takes rates and Jacobian at the start of a step.
    pub(crate) fn prepare<S: System<F> + ?Sized>(&mut self, system: &mut S, time: F, state: &[F]) {
        let Rodas { start_rates, jacobian, time_slope, .. } = self;
        system.linearize(time, state, start_rates, jacobian, time_slope);
    }

    /// Tries a step `h` from where [`prepare`](Self::prepare) looked.
    ///
    /// Returns zero in the lanes whose matrix could be factored, else something that is not finite.
    pub(crate) fn step<S: System<F> + ?Sized>(&mut self, system: &mut S, time: F, h: F, state: &[F]) -> F {
        let one = F::constant(1.0);
        let inverse = one / h;
        let heaviness = one / (h * F::constant(GAMMA));
        for (diagonal, &mass) in self.diagonal.iter_mut().zip(&self.mass) {
            *diagonal = mass * heaviness;
        }
        let health = self.lu.factor(&self.diagonal, &self.jacobian);

        let Rodas { lu, mass, start_rates, time_slope, stages, point, rates, end, .. } = self;
        let [u1, u2, u3, u4, u5, u6] = stages;
        let at = |stage: usize| time + h * F::constant(TIMES[stage]);
        let slope = |stage: usize| h * F::constant(SLOPES[stage]);

        combine(u1, start_rates, [time_slope], [slope(0)]);
        lu.solve(u1);

        combine(point, state, [u1], A2.map(F::constant));
        system.rates(at(1), point, rates);
        load(u2, rates, time_slope, slope(1), mass, [u1], C2.map(|c| inverse * F::constant(c)));
        lu.solve(u2);

        combine(point, state, [u1, u2], A3.map(F::constant));
        system.rates(at(2), point, rates);
        load(u3, rates, time_slope, slope(2), mass, [u1, u2], C3.map(|c| inverse * F::constant(c)));
        lu.solve(u3);

        combine(point, state, [u1, u2, u3], A4.map(F::constant));
        system.rates(at(3), point, rates);
        load(u4, rates, time_slope, slope(3), mass, [u1, u2, u3], C4.map(|c| inverse * F::constant(c)));
        lu.solve(u4);

        let none = F::constant(0.0);
        combine(point, state, [u1, u2, u3, u4], A5.map(F::constant));
        system.rates(time + h, point, rates);
        load(u5, rates, time_slope, none, mass, [u1, u2, u3, u4], C5.map(|c| inverse * F::constant(c)));
        lu.solve(u5);

        combine(end, point, [u5], [one]);
        system.rates(time + h, end, rates);
        load(u6, rates, time_slope, none, mass, [u1, u2, u3, u4, u5], C6.map(|c| inverse * F::constant(c)));
        lu.solve(u6);
        for (end, &error) in end.iter_mut().zip(u6.iter()) {
            *end += error;
        }
        health
    }

    /// Computes the upper terms of the dense output of the last step.
    pub(crate) fn bend(&mut self) {
        let [u1, u2, u3, u4, u5, _] = &self.stages;
        weigh(&mut self.bend, [u1, u2, u3, u4, u5], BEND.map(F::constant));
        weigh(&mut self.twist, [u1, u2, u3, u4, u5], TWIST.map(F::constant));
    }

    /// The estimated error of each unknown after the last step: the difference to the embedded method of order 3.
    pub(crate) fn error(&self) -> &[F] {
        &self.stages[5]
    }

    /// The unknown whose pivot broke in a lane.
    pub(crate) fn broken_pivot(&self, lane: usize) -> Option<usize> {
        self.lu.broken_pivot(lane)
    }
}

/// The dense output of RODAS at the fraction `s` of a step from `start` to `end`, of order 3:
/// `(1 - s) start + s (end + (1 - s) (bend + s twist))`; exact to the bit at both ends.
#[inline(always)]
pub(crate) fn interpolate<F: Lanes>(s: F, start: F, end: F, bend: F, twist: F) -> F {
    let rest = F::constant(1.0) - s;
    rest * start + s * (end + rest * (bend + s * twist))
}

/// `out = base + sum_k weights_k terms_k`.
#[inline(always)]
fn combine<F: Lanes, const K: usize>(out: &mut [F], base: &[F], terms: [&Vec<F>; K], weights: [F; K]) {
    let n = out.len();
    let base = &base[..n];
    let terms = terms.map(|term| &term[..n]);
    for i in 0..n {
        let mut sum = base[i];
        for k in 0..K {
            sum += terms[k][i] * weights[k];
        }
        out[i] = sum;
    }
}

/// `out = sum_k weights_k terms_k`.
#[inline(always)]
fn weigh<F: Lanes, const K: usize>(out: &mut [F], terms: [&Vec<F>; K], weights: [F; K]) {
    let n = out.len();
    let terms = terms.map(|term| &term[..n]);
    for i in 0..n {
        let mut sum = terms[0][i] * weights[0];
        for k in 1..K {
            sum += terms[k][i] * weights[k];
        }
        out[i] = sum;
    }
}

/// The right-hand side of a stage: `out = rates + slope_weight time_slope + mass sum_k weights_k terms_k`.
#[inline(always)]
fn load<F: Lanes, const K: usize>(
    out: &mut [F],
    rates: &[F],
    time_slope: &[F],
    slope_weight: F,
    mass: &[F],
    terms: [&Vec<F>; K],
    weights: [F; K],
) {
    let n = out.len();
    let (rates, time_slope, mass) = (&rates[..n], &time_slope[..n], &mass[..n]);
    let terms = terms.map(|term| &term[..n]);
    for i in 0..n {
        let mut sum = terms[0][i] * weights[0];
        for k in 1..K {
            sum += terms[k][i] * weights[k];
        }
        out[i] = rates[i] + slope_weight * time_slope[i] + mass[i] * sum;
    }
}

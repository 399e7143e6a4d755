//! Marmarou's model fitted to a course by least squares that allow for noise which hangs together.

use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::{DMatrix, DVector, Dyn, Owned};

use crate::marmarou::Marmarou;
use crate::noise::{Candidate, Course, Mixture, Walks};
use crate::protocol::Dose;

/// What is fitted.
#[derive(Clone, Debug)]
pub(crate) struct Data<'a> {
    /// Windows `(from, until)`, s.
    pub windows: &'a [(f64, f64)],
    /// Their mean pressures, mmHg.
    pub means: &'a [f64],
    /// What was infused.
    pub doses: &'a [Dose],
    /// The reference pressure, mmHg, where it is held.
    pub reference: Option<f64>,
    /// Whether elastance is held to be the same at all pressures.
    pub straight: bool,
    /// By how much the pressure is above that of tissue that yields slowly, mmHg, where that is fitted; one for each window. The
    /// last unknown is then how easily fluid makes room there, mL/min/mmHg.
    pub strain: Option<Vec<f64>>,
}

/// A fit: unknowns are resting pressure, logarithm of the outflow resistance, logarithm of the elastance at rest and, unless the
/// reference pressure is held, the elastance coefficient.
#[derive(Clone, Debug)]
pub(crate) struct Fit {
    /// The unknowns.
    pub unknowns: DVector<f64>,
    /// Their covariance.
    pub covariance: DMatrix<f64>,
    /// The noise.
    pub noise: Mixture,
    /// Times and growth of waves.
    pub course: Course,
    /// The model.
    pub model: Marmarou,
    /// Its means.
    pub fitted: Vec<f64>,
}

impl Data<'_> {
    /// The model of some unknowns.
    pub fn model(&self, unknowns: &DVector<f64>) -> Marmarou {
        let (rest, elastance) = (unknowns[0], unknowns[2].exp());
        let coefficient = match self.reference {
            _ if self.straight => 0.0,
            Some(reference) => elastance / (rest - reference),
            None => unknowns[3],
        };
        Marmarou { rest, resistance: unknowns[1].exp(), elastance, coefficient }
    }

    fn fitted(&self, unknowns: &DVector<f64>) -> DVector<f64> {
        let ease = unknowns[unknowns.len() - 1];
        let lost: Vec<f64> = self.strain.iter().flatten().map(|strain| ease * strain).collect();
        DVector::from_vec(self.model(unknowns).means(self.doses, self.windows, &lost))
    }

    /// How the means grow with each unknown, by central differences.
    fn slopes(&self, unknowns: &DVector<f64>) -> DMatrix<f64> {
        let columns: Vec<DVector<f64>> = (0..unknowns.len())
            .map(|index| {
                let step = 1e-5 * unknowns[index].abs().max(0.1);
                let (mut low, mut high) = (unknowns.clone(), unknowns.clone());
                low[index] -= step;
                high[index] += step;
                (self.fitted(&high) - self.fitted(&low)) / (2.0 * step)
            })
            .collect();
        DMatrix::from_columns(&columns)
    }

    fn residuals(&self, unknowns: &DVector<f64>) -> DVector<f64> {
        DVector::from_column_slice(self.means) - self.fitted(unknowns)
    }

    fn course(&self, unknowns: &DVector<f64>) -> Course {
        let model = self.model(unknowns);
        // Grown waves are drawn from what the elastance is there, but no smaller than a third of that at rest.
        let growth = |pressure: f64| {
            (1.0 + model.coefficient * (pressure - model.rest) / model.elastance).max(1.0 / 3.0)
        };
        Course {
            times: self.windows.iter().map(|(from, until)| 0.5 * (from + until)).collect(),
            growth: self.fitted(unknowns).iter().map(|&pressure| growth(pressure)).collect(),
        }
    }

    /// The best unknowns from a start, with residuals made white where a candidate is given; and their sum of squares.
    fn minimised(
        &self,
        start: &DVector<f64>,
        noise: Option<(&Candidate, &Course)>,
    ) -> Option<(DVector<f64>, f64)> {
        let problem = Whitened { data: self, noise, unknowns: start.clone() };
        let (problem, report) = LevenbergMarquardt::new().with_patience(60).minimize(problem);
        let usable = report.objective_function.is_finite() && problem.unknowns.iter().all(|u| u.is_finite());
        usable.then_some((problem.unknowns, report.objective_function))
    }

    /// The fit from any of the given starts.
    pub fn fit(&self, starts: &[DVector<f64>]) -> Option<Fit> {
        let walks = if self.strain.is_some() { Walks::Sensor } else { Walks::All };
        let tried = starts.iter().filter_map(|start| self.minimised(start, None));
        let (mut unknowns, _) = tried.min_by(|a, b| a.1.total_cmp(&b.1))?;
        // Twice: the noise follows from the residuals, and these from how the noise weighs the data.
        for _ in 0..2 {
            let course = self.course(&unknowns);
            let mixture = Mixture::of(&course, &self.residuals(&unknowns), &self.slopes(&unknowns), walks)?;
            let best = mixture.likeliest()?;
            unknowns = self.minimised(&unknowns, Some((&best, &course))).map_or(unknowns, |found| found.0);
        }
        let course = self.course(&unknowns);
        let noise = Mixture::of(&course, &self.residuals(&unknowns), &self.slopes(&unknowns), walks)?;
        let moved = &unknowns + &noise.shift;
        // What the candidates say together is taken where the model still makes sense there.
        let unknowns = if self.fitted(&moved).iter().all(|mean| mean.is_finite()) { moved } else { unknowns };
        let (model, fitted) = (self.model(&unknowns), self.fitted(&unknowns).as_slice().to_vec());
        Some(Fit { covariance: noise.covariance.clone(), unknowns, noise, course, model, fitted })
    }
}

/// Time constants of slowly yielding tissue that are tried, s. A tissue that yields over 10 to 20 minutes explains that pressure
/// stays above rest after an infusion (6.7 mmHg in a series of tests); the span is assumed twice as wide.
const YIELDING: [f64; 3] = [480.0, 960.0, 1920.0];

impl Data<'_> {
    /// The fits with tissue that yields slowly, each with its time constant (s) and its weight; `plain` is the fit without.
    ///
    /// A store of pressure `P_s` behind a resistance takes `g (P - P_s)`, `dP_s/dt = (P - P_s)/tau`, as a second spring behind a
    /// damper does. With P from the fit before, what it takes is known but for g, and the closed form stands.
    pub fn yielding(&self, plain: &Fit) -> Vec<(Fit, f64, f64)> {
        let fit = |&constant: &f64| Some((self.yielding_over(plain, constant)?, constant));
        let fits: Vec<(Fit, f64)> = YIELDING.iter().filter_map(fit).collect();
        let most = fits.iter().map(|(fit, _)| fit.noise.likelihood).fold(f64::NEG_INFINITY, f64::max);
        let weight = |fit: &Fit| (fit.noise.likelihood - most).exp();
        let total: f64 = fits.iter().map(|(fit, _)| weight(fit)).sum();
        let weighed = |(fit, constant): (Fit, f64)| {
            let weight = weight(&fit) / total;
            (fit, constant, weight)
        };
        fits.into_iter().map(weighed).collect()
    }

    fn yielding_over(&self, plain: &Fit, constant: f64) -> Option<Fit> {
        let mut fit = None;
        for _ in 0..2 {
            let before = fit.as_ref().unwrap_or(plain);
            let strain = strain(before, constant);
            let start = match fit {
                None => plain.unknowns.clone().insert_row(plain.unknowns.len(), 0.01),
                Some(ref fit) => fit.unknowns.clone(),
            };
            let data = Data { strain: Some(strain), ..self.clone() };
            fit = Some(data.fit(&[start])?);
        }
        fit
    }
}

/// How far the pressure of a fit is above that of the tissue, window by window.
fn strain(fit: &Fit, constant: f64) -> Vec<f64> {
    let (mut inner, mut before) = (fit.model.rest, fit.course.times.first().copied().unwrap_or(0.0));
    let windows = fit.course.times.iter().zip(&fit.fitted);
    windows
        .map(|(&time, &pressure)| {
            inner = pressure + (inner - pressure) * (-(time - before) / constant).exp();
            before = time;
            pressure - inner
        })
        .collect()
}

struct Whitened<'a> {
    data: &'a Data<'a>,
    noise: Option<(&'a Candidate, &'a Course)>,
    unknowns: DVector<f64>,
}

impl Whitened<'_> {
    fn whitened(&self, columns: DMatrix<f64>) -> Option<DMatrix<f64>> {
        let white = match self.noise {
            Some((candidate, course)) => candidate.whiten(course, &columns).0,
            None => columns,
        };
        white.iter().all(|value| value.is_finite()).then_some(white)
    }
}

impl LeastSquaresProblem<f64, Dyn, Dyn> for Whitened<'_> {
    type ParameterStorage = Owned<f64, Dyn>;
    type ResidualStorage = Owned<f64, Dyn>;
    type JacobianStorage = Owned<f64, Dyn, Dyn>;

    fn set_params(&mut self, unknowns: &DVector<f64>) {
        self.unknowns.copy_from(unknowns);
    }

    fn params(&self) -> DVector<f64> {
        self.unknowns.clone()
    }

    fn residuals(&self) -> Option<DVector<f64>> {
        let residuals = self.data.residuals(&self.unknowns);
        let white = self.whitened(DMatrix::from_columns(&[residuals]))?;
        Some(white.column(0).into_owned())
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        self.whitened(-self.data.slopes(&self.unknowns))
    }
}

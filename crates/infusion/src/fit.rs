//! Marmarou's model fitted to a course by least squares that allow for noise which hangs together.

use levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};
use nalgebra::{DMatrix, DVector, Dyn, Owned};

use crate::marmarou::Marmarou;
use crate::noise::{Candidate, Course, Mixture};
use crate::protocol::Dose;
use crate::tissue::Tissue;

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
    /// What tissue that yields slowly takes up, mL/min, one for each window; none of it where there are none.
    pub taken: Vec<f64>,
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
        DVector::from_vec(self.model(unknowns).means(self.doses, self.windows, &self.taken))
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
        let tried = starts.iter().filter_map(|start| self.minimised(start, None));
        let (mut unknowns, _) = tried.min_by(|a, b| a.1.total_cmp(&b.1))?;
        // Twice: the noise follows from the residuals, and these from how the noise weighs the data.
        for _ in 0..2 {
            let course = self.course(&unknowns);
            let mixture = Mixture::of(&course, &self.residuals(&unknowns), &self.slopes(&unknowns))?;
            let best = mixture.likeliest()?;
            unknowns = self.minimised(&unknowns, Some((&best, &course))).map_or(unknowns, |found| found.0);
        }
        let course = self.course(&unknowns);
        let noise = Mixture::of(&course, &self.residuals(&unknowns), &self.slopes(&unknowns))?;
        let moved = &unknowns + &noise.shift;
        // What the candidates say together is taken where the model still makes sense there.
        let unknowns = if self.fitted(&moved).iter().all(|mean| mean.is_finite()) { moved } else { unknowns };
        let (model, fitted) = (self.model(&unknowns), self.fitted(&unknowns).as_slice().to_vec());
        Some(Fit { covariance: noise.covariance.clone(), unknowns, noise, course, model, fitted })
    }
}

/// A fit beside one tissue.
#[derive(Clone, Debug)]
pub(crate) struct Yielding {
    /// The fit.
    pub fit: Fit,
    /// Its weight among all.
    pub weight: f64,
}

impl Data<'_> {
    /// The fits beside each tissue, weighed by likelihood; `plain` is the fit without. What a tissue takes is known from the
    /// pressure, so that the closed form stands.
    pub fn yielding(&self, plain: &Fit) -> Vec<Yielding> {
        let fits: Vec<Yielding> = Tissue::all(&plain.model)
            .iter()
            .filter_map(|tissue| Some(Yielding { fit: self.beside(plain, tissue)?, weight: tissue.weight }))
            .collect();
        let most = fits.iter().map(|one| one.fit.noise.likelihood).fold(f64::NEG_INFINITY, f64::max);
        let weight = |one: &Yielding| one.weight * (one.fit.noise.likelihood - most).exp();
        let total: f64 = fits.iter().map(weight).sum();
        fits.into_iter().map(|one| Yielding { weight: weight(&one) / total, ..one }).collect()
    }

    /// The fit beside one tissue, which takes what the pressure of the plain fit makes it take: both run through the same data.
    fn beside(&self, plain: &Fit, tissue: &Tissue) -> Option<Fit> {
        let taken = tissue.takes(plain.model.rest, &plain.course.times, &plain.fitted);
        let data = Data { taken, ..self.clone() };
        data.fit(std::slice::from_ref(&plain.unknowns))
    }
}

/// Where nothing shows that fluid flows out at all, the search would take the logarithm of the resistance beyond all bounds, where
/// slopes are nought. One more residual holds it to that of healthy adults, so weakly (a hundredth of a mmHg for a factor of 2.7)
/// that no course which says anything feels it.
const HOLD: f64 = 0.01;
/// The logarithm of that resistance: 9 mmHg/(mL/min).
const HELD_TO: f64 = 2.2;

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
        let (white, rows) = (white.column(0).into_owned(), white.nrows());
        Some(white.insert_row(rows, HOLD * (self.unknowns[1] - HELD_TO)))
    }

    fn jacobian(&self) -> Option<DMatrix<f64>> {
        let white = self.whitened(-self.data.slopes(&self.unknowns))?;
        let rows = white.nrows();
        let mut held = white.insert_row(rows, 0.0);
        held[(rows, 1)] = HOLD;
        Some(held)
    }
}

//! A [`System`] as equations of diffsol.

use std::cell::RefCell;

use cisterna_solver::System;
use diffsol::matrix::sparsity::MatrixSparsity;
use diffsol::{
    ConstantOp, LinearOp, Matrix, MatrixCommon, NonLinearOp, NonLinearOpJacobian, OdeEquations,
    OdeEquationsRef, Op, Vector, VectorIndex,
};

/// Places in the vectors that go with a matrix.
type Index<A> = <<A as MatrixCommon>::V as Vector>::Index;

/// `M y' = f(t, y)` with the rates, the exact Jacobian and the diagonal mass matrix of a [`System`], between two of
/// its breaks.
pub struct Equations<'s, S, A: Matrix<T = f64>> {
    system: RefCell<&'s mut S>,
    start: Vec<f64>,
    mass: Vec<f64>,
    sparsity: A::Sparsity,
    /// Where in the matrix each entry of the system's pattern belongs.
    places: Index<A>,
    /// The entries in the system's own order.
    order: Index<A>,
    entries: RefCell<A::V>,
    time_slope: RefCell<Vec<f64>>,
    context: A::C,
}

impl<'s, S: System<f64>, A: Matrix<T = f64>> Equations<'s, S, A> {
    /// The equations, to be started from a state.
    pub fn new(system: &'s mut S, start: &[f64]) -> Result<Self, diffsol::LaError> {
        let context = A::C::default();
        let n = system.dimension();
        let pattern = system.pattern();
        let row = |row: usize| pattern.row_starts[row]..pattern.row_starts[row + 1];
        let indices: Vec<(usize, usize)> =
            (0..n).flat_map(|r| pattern.columns[row(r)].iter().map(move |&column| (r, column))).collect();
        let sparsity = A::Sparsity::try_from_indices(n, n, indices.clone())?;
        Ok(Equations {
            start: start.to_vec(),
            mass: system.mass().to_vec(),
            places: sparsity.get_index(&indices, context.clone()),
            order: Index::<A>::from_vec((0..indices.len()).collect(), context.clone()),
            entries: RefCell::new(A::V::zeros(indices.len(), context.clone())),
            time_slope: RefCell::new(vec![0.0; n]),
            system: RefCell::new(system),
            sparsity,
            context,
        })
    }
}

/// Rates, Jacobian, mass and start of [`Equations`], as diffsol asks for them one by one.
pub struct Part<'e, 's, S, A: Matrix<T = f64>>(&'e Equations<'s, S, A>);

impl<S: System<f64>, A: Matrix<T = f64>> Op for Equations<'_, S, A> {
    type T = f64;
    type V = A::V;
    type M = A;
    type C = A::C;

    fn context(&self) -> &A::C {
        &self.context
    }
    fn nstates(&self) -> usize {
        self.start.len()
    }
    fn nout(&self) -> usize {
        self.start.len()
    }
    fn nparams(&self) -> usize {
        0
    }
}

impl<S: System<f64>, A: Matrix<T = f64>> Op for Part<'_, '_, S, A> {
    type T = f64;
    type V = A::V;
    type M = A;
    type C = A::C;

    fn context(&self) -> &A::C {
        &self.0.context
    }
    fn nstates(&self) -> usize {
        self.0.start.len()
    }
    fn nout(&self) -> usize {
        self.0.start.len()
    }
    fn nparams(&self) -> usize {
        0
    }
}

impl<S: System<f64>, A: Matrix<T = f64>> NonLinearOp for Part<'_, '_, S, A> {
    fn call_inplace(&self, state: &A::V, time: f64, rates: &mut A::V) {
        let mut system = self.0.system.borrow_mut();
        rates.for_each_batch_host([state], |rates, [state], _| system.rates(time, state, rates));
    }
}

impl<S: System<f64>, A: Matrix<T = f64>> NonLinearOpJacobian for Part<'_, '_, S, A> {
    fn jac_mul_inplace(&self, state: &A::V, time: f64, direction: &A::V, product: &mut A::V) {
        self.jacobian(state, time).gemv(1.0, direction, 0.0, product);
    }

    fn jacobian_inplace(&self, state: &A::V, time: f64, jacobian: &mut A) {
        let Equations { system, entries, time_slope, places, order, .. } = self.0;
        let (mut system, mut entries, mut slope) =
            (system.borrow_mut(), entries.borrow_mut(), time_slope.borrow_mut());
        entries.for_each_batch_host([state], |entries, [state], _| {
            system.jacobian(time, state, entries, &mut slope);
        });
        jacobian.set_data_with_indices(places, order, &entries);
    }

    fn jacobian_sparsity(&self) -> Option<A::Sparsity> {
        A::is_sparse().then(|| self.0.sparsity.clone())
    }
}

impl<S: System<f64>, A: Matrix<T = f64>> LinearOp for Part<'_, '_, S, A> {
    fn gemv_inplace(&self, x: &A::V, _time: f64, beta: f64, y: &mut A::V) {
        let mass = &self.0.mass;
        y.for_each_batch_host([x], |y, [x], _| {
            for ((y, x), mass) in y.iter_mut().zip(x).zip(mass) {
                *y = mass * x + beta * *y;
            }
        });
    }

    fn sparsity(&self) -> Option<A::Sparsity> {
        A::is_sparse().then(|| A::Sparsity::new_diagonal(self.0.start.len()))
    }
}

impl<S: System<f64>, A: Matrix<T = f64>> ConstantOp for Part<'_, '_, S, A> {
    fn call_inplace(&self, _time: f64, state: &mut A::V) {
        *state = A::V::from_slice(&self.0.start, self.0.context.clone());
    }
}

impl<'e, 's, S: System<f64>, A: Matrix<T = f64>> OdeEquationsRef<'e> for Equations<'s, S, A> {
    type Mass = Part<'e, 's, S, A>;
    type Rhs = Part<'e, 's, S, A>;
    type Root = Part<'e, 's, S, A>;
    type Init = Part<'e, 's, S, A>;
    type Out = Part<'e, 's, S, A>;
    type Reset = Part<'e, 's, S, A>;
}

impl<'s, S: System<f64>, A: Matrix<T = f64>> OdeEquations for Equations<'s, S, A> {
    fn rhs(&self) -> Part<'_, 's, S, A> {
        Part(self)
    }
    fn mass(&self) -> Option<Part<'_, 's, S, A>> {
        Some(Part(self))
    }
    fn init(&self) -> Part<'_, 's, S, A> {
        Part(self)
    }
    fn set_params(&mut self, _parameters: &A::V) {}
    fn get_params(&self, _parameters: &mut A::V) {}
}

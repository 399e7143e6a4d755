//! Sparse factors against dense ones, duals against differences.

use cisterna_solver::{Dual, Four, Lanes, Pattern, Real, SparseLu};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

/// A pattern with its diagonal, and numbers for its entries, the diagonal and a right-hand side.
#[derive(Clone, Debug)]
struct Net {
    pattern: Pattern,
    entries: Vec<f64>,
    diagonal: Vec<f64>,
    side: Vec<f64>,
}

fn nets() -> impl Strategy<Value = Net> {
    (1..40_usize).prop_flat_map(|n| {
        let joins = prop::collection::vec((0..n, 0..n), 0..4 * n);
        let numbers = || prop::collection::vec(-1.0..1.0, 5 * n);
        (joins, numbers(), prop::collection::vec(0.0..3.0, n), numbers()).prop_map(
            move |(joins, entries, diagonal, side)| {
                let mut rows: Vec<Vec<usize>> = (0..n).map(|row| vec![row]).collect();
                for (row, column) in joins {
                    if !rows[row].contains(&column) {
                        rows[row].push(column);
                    }
                }
                rows.iter_mut().for_each(|row| row.sort_unstable());
                let mut row_starts = vec![0];
                row_starts.extend(rows.iter().scan(0, |total, row| {
                    *total += row.len();
                    Some(*total)
                }));
                let mut entries: Vec<f64> = entries;
                // The sum of each row's other entries on the diagonal, as in a net of flows.
                for (row, columns) in rows.iter().enumerate() {
                    let range = row_starts[row]..row_starts[row + 1];
                    let sum: f64 = entries[range.clone()].iter().map(|x| x.abs()).sum();
                    let place = columns.partition_point(|&column| column < row);
                    entries[row_starts[row] + place] = -sum - 0.1;
                }
                let columns: Vec<usize> = rows.concat();
                entries.truncate(columns.len());
                let pattern = Pattern { row_starts, columns };
                Net { pattern, entries, diagonal, side: side[..n].to_vec() }
            },
        )
    })
}

proptest! {
    #[test]
    fn sparse_factors_solve_what_dense_ones_solve(net in nets()) {
        let n = net.diagonal.len();
        let mut dense = DMatrix::from_diagonal(&DVector::from_column_slice(&net.diagonal));
        for row in 0..n {
            for entry in net.pattern.row_starts[row]..net.pattern.row_starts[row + 1] {
                dense[(row, net.pattern.columns[entry])] -= net.entries[entry];
            }
        }
        let wanted = dense.lu().solve(&DVector::from_column_slice(&net.side)).expect("it is regular");
        let mut lu = SparseLu::<f64>::new(&net.pattern);
        prop_assert_eq!(lu.factor(&net.diagonal, &net.entries), 0.0);
        let mut x = net.side.clone();
        lu.solve(&mut x);
        for (x, wanted) in x.iter().zip(&wanted) {
            prop_assert!((x - wanted).abs() < 1e-10 * (1.0 + wanted.abs()));
        }

        let wide = |numbers: &[f64]| numbers.iter().map(|&x| Four::new([x, 2.0 * x, -x, x])).collect::<Vec<_>>();
        let mut lanes = SparseLu::<Four>::new(&net.pattern);
        lanes.factor(&wide(&net.diagonal), &wide(&net.entries));
        let mut y = wide(&net.side);
        lanes.solve(&mut y);
        for (x, y) in x.iter().zip(&y) {
            prop_assert_eq!((y.lane(0).to_bits(), y.lane(3).to_bits()), (x.to_bits(), x.to_bits()));
        }
    }

    #[test]
    fn duals_agree_with_differences(x in 0.1..3.0_f64, y in -2.0..2.0_f64) {
        fn law<R: Real>(x: R, y: R) -> [R; 10] {
            let one = R::constant(1.0);
            [
                x * y - x / (y * y + one),
                (x * y).exp() - x.ln(),
                x.sqrt() * y.softplus(),
                y.sigmoid() + y.tanh(),
                (x * y).cos_turns(),
                (x + y).sin_turns() * x,
                x.powf(y),
                x.min(y * R::constant(0.3)) + x.max(R::constant(5.0) - y),
                (x - one).select(x.squared(), y.squared()),
                -(x - x.floor()) * y,
            ]
        }
        let exact = law(Dual::<f64, 2>::variable(x, 0), Dual::variable(y, 1));
        let h = 1e-6;
        // Away from the kinks, across which a difference means nothing.
        prop_assume!((x - 1.0).abs() > 1e-3 && (x - 2.0).abs() > 1e-3);
        prop_assume!((x - 0.3 * y).abs() > 1e-3 && (x + y - 5.0).abs() > 1e-3);
        for (input, (dx, dy)) in [(h, 0.0), (0.0, h)].into_iter().enumerate() {
            let (above, below) = (law(x + dx, y + dy), law(x - dx, y - dy));
            for k in 0..10 {
                let difference = (above[k] - below[k]) / (2.0 * h);
                let slope = exact[k].slopes[input];
                prop_assert!(
                    (slope - difference).abs() < 1e-6 * (1.0 + slope.abs()),
                    "law {k} by input {input}: {slope} against {difference}"
                );
            }
        }
        let plain = law(x, y);
        for k in 0..10 {
            prop_assert_eq!(exact[k].value, plain[k]);
        }
    }
}

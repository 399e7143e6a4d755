//! A picture in cells: which bone is nearest in each.

use crate::geometry::Vector;
use crate::mesh::Mesh;

/// From where bones are seen, from far away: unit vectors at right angles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// What lies to the right in the picture.
    pub right: Vector,
    /// What lies upwards in it.
    pub up: Vector,
    /// The direction towards the camera.
    pub towards: Vector,
    /// Only what is less far than this towards the camera is seen, mm.
    pub below: Option<f64>,
}

/// The bones that are nearest, cell by cell.
pub(super) struct Raster {
    /// The lower left corner, mm.
    origin: [f64; 2],
    cell: f64,
    wide: usize,
    high: usize,
    nearest: Vec<Option<usize>>,
    depth: Vec<f64>,
}

impl Raster {
    /// The picture of some meshes; none where there is nothing to see, or cells have no size.
    pub(super) fn of(meshes: &[&Mesh], camera: &Camera, cell: f64) -> Option<Self> {
        let flat = |point: &Vector| [point.dot(&camera.right), point.dot(&camera.up)];
        let places = || meshes.iter().flat_map(|mesh| mesh.vertices.iter().map(flat));
        let low = |axis: usize| places().map(|at| at[axis]).fold(f64::INFINITY, f64::min) - cell;
        let most = |axis: usize| places().map(|at| at[axis]).fold(f64::NEG_INFINITY, f64::max) + cell;
        let origin = [low(0), low(1)];
        let size = |axis: usize| (most(axis) - origin[axis]) / cell;
        if !(cell > 0.0 && size(0).is_finite() && size(1).is_finite()) {
            return None;
        }
        let [wide, high] = [size(0).ceil() as usize + 1, size(1).ceil() as usize + 1];
        let depth = vec![f64::NEG_INFINITY; wide * high];
        let mut raster = Self { origin, cell, wide, high, nearest: vec![None; wide * high], depth };
        for (number, mesh) in meshes.iter().enumerate() {
            for triangle in &mesh.triangles {
                let corners = mesh.corners(triangle).map(|corner| {
                    let [x, up] = flat(&corner);
                    [(x - origin[0]) / cell, (up - origin[1]) / cell, corner.dot(&camera.towards)]
                });
                raster.lay(&corners, number, camera.below.unwrap_or(f64::INFINITY));
            }
        }
        Some(raster)
    }

    /// Lays a triangle over what is farther away.
    fn lay(&mut self, corners: &[[f64; 3]; 3], number: usize, below: f64) {
        let [a, b, c] = corners;
        let across = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
        if across == 0.0 {
            return;
        }
        let range = |axis: usize, count: usize| {
            let places = corners.map(|corner| corner[axis]);
            let low = places.into_iter().fold(f64::INFINITY, f64::min) - 0.5;
            let most = places.into_iter().fold(f64::NEG_INFINITY, f64::max) - 0.5;
            low.ceil().max(0.0) as usize..(most.floor().max(-1.0) + 1.0).min(count as f64) as usize
        };
        for row in range(1, self.high) {
            for column in range(0, self.wide) {
                let [x, y] = [column as f64 + 0.5 - a[0], row as f64 + 0.5 - a[1]];
                let second = (x * (c[1] - a[1]) - (c[0] - a[0]) * y) / across;
                let third = ((b[0] - a[0]) * y - x * (b[1] - a[1])) / across;
                if second < 0.0 || third < 0.0 || second + third > 1.0 {
                    continue;
                }
                let depth = a[2] + second * (b[2] - a[2]) + third * (c[2] - a[2]);
                let place = row * self.wide + column;
                if depth < below && depth > self.depth[place] {
                    self.depth[place] = depth;
                    self.nearest[place] = Some(number);
                }
            }
        }
    }

    /// The bone in a cell; none outside the picture.
    pub(super) fn at(&self, column: i64, row: i64) -> Option<usize> {
        let [column, row] = [usize::try_from(column).ok()?, usize::try_from(row).ok()?];
        if column < self.wide { self.nearest.get(row * self.wide + column).copied().flatten() } else { None }
    }

    /// The cells of a bone, as column and row.
    pub(super) fn cells_of(&self, number: usize) -> impl Iterator<Item = [i64; 2]> + '_ {
        let own = self.nearest.iter().enumerate().filter(move |(_, nearest)| **nearest == Some(number));
        own.map(|(place, _)| [(place % self.wide) as i64, (place / self.wide) as i64])
    }

    /// A place counted in cells, in mm.
    pub(super) fn place(&self, at: [f64; 2]) -> [f64; 2] {
        [self.origin[0] + self.cell * at[0], self.origin[1] + self.cell * at[1]]
    }

    /// The size of a cell, mm.
    pub(super) fn cell(&self) -> f64 {
        self.cell
    }
}

//! Lines round the cells of a bone.

use std::collections::BTreeMap;

use super::raster::Raster;

/// Rings round less than this are specks, mm².
const SPECK: f64 = 3.0;
/// How far a ring may be from the smoothed one, in cells.
const SLACK: f64 = 0.3;
/// How often a ring is smoothed.
const ROUNDS: usize = 3;

/// The rings round the cells of a bone, in mm.
pub(super) fn rings(raster: &Raster, number: usize) -> Vec<Vec<[f64; 2]>> {
    let least = SPECK / (raster.cell() * raster.cell());
    walks(raster, number)
        .into_iter()
        .filter(|walk| area(walk).abs() >= least)
        .map(|walk| thinned(&smoothed(walk), SLACK))
        .map(|ring| ring.into_iter().map(|at| raster.place(at)).collect())
        .collect()
}

/// Walks along the edges between the cells of a bone and others, the bone at the left, through the edges' middles.
fn walks(raster: &Raster, number: usize) -> Vec<Vec<[f64; 2]>> {
    let mut steps: BTreeMap<[i64; 2], Vec<[i64; 2]>> = BTreeMap::new();
    for [x, y] in raster.cells_of(number) {
        let sides = [
            ([0, -1], [x, y], [x + 1, y]),
            ([1, 0], [x + 1, y], [x + 1, y + 1]),
            ([0, 1], [x + 1, y + 1], [x, y + 1]),
            ([-1, 0], [x, y + 1], [x, y]),
        ];
        for ([dx, dy], from, to) in sides {
            if raster.at(x + dx, y + dy) != Some(number) {
                steps.entry(from).or_default().push(to);
            }
        }
    }
    let mut walks = Vec::new();
    while let Some(&start) = steps.keys().next() {
        let mut walk = Vec::new();
        let mut at = start;
        while let Some(next) = take(&mut steps, at) {
            walk.push([0.5 * (at[0] + next[0]) as f64, 0.5 * (at[1] + next[1]) as f64]);
            at = next;
        }
        walks.push(walk);
    }
    walks
}

fn take(steps: &mut BTreeMap<[i64; 2], Vec<[i64; 2]>>, at: [i64; 2]) -> Option<[i64; 2]> {
    let ways = steps.get_mut(&at)?;
    let next = ways.pop();
    if ways.is_empty() {
        steps.remove(&at);
    }
    next
}

/// Each point moved to the mean of itself, twice, and its neighbours.
fn smoothed(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let count = ring.len();
    for _ in 0..ROUNDS {
        let mean = |i: usize, axis: usize| {
            let [before, own, after] = [i + count - 1, i, i + 1].map(|i| ring[i % count][axis]);
            0.25 * (before + 2.0 * own + after)
        };
        ring = (0..count).map(|i| [mean(i, 0), mean(i, 1)]).collect();
    }
    ring
}

/// Fewer points of a ring, none of which was further than `slack` from the line that stays (Douglas and Peucker 1973).
fn thinned(ring: &[[f64; 2]], slack: f64) -> Vec<[f64; 2]> {
    let away = |i: usize| (ring[i][0] - ring[0][0]).hypot(ring[i][1] - ring[0][1]);
    let Some(far) = (1..ring.len()).max_by(|&a, &b| away(a).total_cmp(&away(b))) else {
        return ring.to_vec();
    };
    let mut kept = vec![0, far];
    let mut open = vec![(0, far), (far, ring.len())];
    while let Some((from, to)) = open.pop() {
        let [a, b] = [ring[from], ring[to % ring.len()]];
        let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
        let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
        let off = |i: usize| ((ring[i][0] - a[0]) * dy - (ring[i][1] - a[1]) * dx).abs() / length;
        let worst = (from + 1..to).max_by(|&i, &j| off(i).total_cmp(&off(j))).filter(|&i| off(i) > slack);
        if let Some(worst) = worst {
            kept.push(worst);
            open.extend([(from, worst), (worst, to)]);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|i| ring[i]).collect()
}

fn area(ring: &[[f64; 2]]) -> f64 {
    let cross = |i: usize| {
        let [a, b] = [ring[i], ring[(i + 1) % ring.len()]];
        a[0] * b[1] - b[0] * a[1]
    };
    0.5 * (0..ring.len()).map(cross).sum::<f64>()
}

//! A tree of boxes over triangles: the nearest point of a surface, and the first triangle that a ray meets.

use super::{Bounds, Facet, Vector};

/// Triangles in a leaf.
const LEAF: usize = 4;

/// Triangles in a tree of boxes, each box split at the middle triangle along its longest edge.
#[derive(Clone, Debug)]
pub struct Tree {
    facets: Vec<Facet>,
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    bounds: Bounds,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// Triangles from, to.
    Leaf(usize, usize),
    /// The two halves.
    Split(usize, usize),
}

/// A ray's meeting with a triangle.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    /// Distance in lengths of the ray's direction.
    pub distance: f64,
    /// The triangle.
    pub facet: &'a Facet,
}

/// The point of a surface that is nearest to another.
#[derive(Clone, Copy, Debug)]
pub struct Near<'a> {
    /// The point.
    pub point: Vector,
    /// The distance, mm.
    pub distance: f64,
    /// The triangle that it lies on.
    pub facet: &'a Facet,
}

impl Tree {
    /// The tree of some triangles; those without area are left out.
    pub fn new(facets: impl IntoIterator<Item = Facet>) -> Self {
        let mut facets: Vec<Facet> =
            facets.into_iter().filter(|facet| facet.normal != Vector::zeros()).collect();
        let mut nodes = Vec::new();
        let all = facets.len();
        if all > 0 {
            grow(&mut nodes, &mut facets, 0, all);
        }
        Self { facets, nodes }
    }

    /// The triangles, in the order of the tree.
    #[must_use]
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The box of all triangles.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.nodes.first().map_or_else(Bounds::default, |root| root.bounds)
    }

    /// The nearest point of the surface that lies within `within` mm.
    #[must_use]
    pub fn nearest(&self, point: &Vector, within: f64) -> Option<Near<'_>> {
        let mut best: Option<Near<'_>> = None;
        let mut limit = within * within;
        let mut open = self.root();
        while let Some(index) = open.pop() {
            let node = &self.nodes[index];
            if node.bounds.distance_squared(point) > limit {
                continue;
            }
            match node.content {
                Content::Leaf(from, to) => {
                    for facet in &self.facets[from..to] {
                        let near = facet.nearest_to(point);
                        let squared = (near - point).norm_squared();
                        if squared < limit || (squared == limit && best.is_none()) {
                            limit = squared;
                            best = Some(Near { point: near, distance: squared.sqrt(), facet });
                        }
                    }
                }
                Content::Split(a, b) => {
                    let far = |child: usize| self.nodes[child].bounds.distance_squared(point);
                    let (near, away) = if far(a) <= far(b) { (a, b) } else { (b, a) };
                    open.extend([away, near]);
                }
            }
        }
        best
    }

    /// The first triangle that a ray meets within `within` lengths of its direction.
    #[must_use]
    pub fn first_hit(&self, origin: &Vector, direction: &Vector, within: f64) -> Option<Hit<'_>> {
        let inverse = direction.map(|component| 1.0 / component);
        let mut best: Option<Hit<'_>> = None;
        let mut limit = within;
        let mut open = self.root();
        while let Some(index) = open.pop() {
            let node = &self.nodes[index];
            if node.bounds.entered_by(origin, &inverse, limit).is_none() {
                continue;
            }
            match node.content {
                Content::Leaf(from, to) => {
                    for facet in &self.facets[from..to] {
                        if let Some(distance) = facet.hit_by(origin, direction)
                            && distance < limit
                        {
                            limit = distance;
                            best = Some(Hit { distance, facet });
                        }
                    }
                }
                Content::Split(a, b) => {
                    let start = |child: usize| {
                        self.nodes[child].bounds.entered_by(origin, &inverse, limit).unwrap_or(f64::INFINITY)
                    };
                    let (near, away) = if start(a) <= start(b) { (a, b) } else { (b, a) };
                    open.extend([away, near]);
                }
            }
        }
        best
    }

    fn root(&self) -> Vec<usize> {
        let mut open = Vec::with_capacity(64);
        if !self.nodes.is_empty() {
            open.push(0);
        }
        open
    }
}

/// Adds the node of the triangles from, to; returns its place.
fn grow(nodes: &mut Vec<Node>, facets: &mut [Facet], from: usize, to: usize) -> usize {
    let own = &mut facets[from..to];
    let bounds = Bounds::of(own.iter().flat_map(|facet| &facet.corners));
    let place = nodes.len();
    nodes.push(Node { bounds, content: Content::Leaf(from, to) });
    if to - from > LEAF {
        let axis = bounds.size().imax();
        let half = own.len() / 2;
        own.select_nth_unstable_by(half, |a, b| a.middle()[axis].total_cmp(&b.middle()[axis]));
        let first = grow(nodes, facets, from, from + half);
        let second = grow(nodes, facets, from + half, to);
        nodes[place].content = Content::Split(first, second);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::super::directions;
    use super::*;

    /// Triangles strewn over a ball of 30 mm.
    fn strewn() -> Vec<Facet> {
        directions(500)
            .enumerate()
            .map(|(i, away)| {
                let at = 30.0 * (1.0 + (i % 7) as f64) / 7.0 * away;
                Facet::new([at, at + Vector::new(3.0, 1.0, 0.0), at + Vector::new(0.0, 2.0, 2.0)], i)
            })
            .collect()
    }

    #[test]
    fn the_tree_finds_what_a_search_through_all_finds() {
        let all = strewn();
        let tree = Tree::new(all.clone());
        for point in directions(60).map(|away| 25.0 * away) {
            let best =
                all.iter().map(|f| (f.nearest_to(&point) - point).norm()).fold(f64::INFINITY, f64::min);
            assert_eq!(tree.nearest(&point, 100.0).unwrap().distance, best);
            let ray = Vector::new(-point.y, point.x, 0.3 * point.z).normalize();
            let first = all.iter().filter_map(|f| f.hit_by(&point, &ray)).fold(f64::INFINITY, f64::min);
            let found = tree.first_hit(&point, &ray, f64::INFINITY).map_or(f64::INFINITY, |hit| hit.distance);
            assert_eq!(found, first);
        }
    }

    #[test]
    fn nothing_is_found_beyond_the_limit_or_in_an_empty_tree() {
        let tree = Tree::new(strewn());
        assert!(tree.nearest(&Vector::new(500.0, 0.0, 0.0), 2.0).is_none());
        assert!(Tree::new([]).nearest(&Vector::zeros(), 1e9).is_none());
        assert!(Tree::new([]).first_hit(&Vector::zeros(), &Vector::x(), 1e9).is_none());
    }
}

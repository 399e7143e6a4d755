//! Surfaces that leak, show their backs, or hold nothing.

use crate::finding::Findings;
use crate::mesh::{Edges, Mesh};

/// Holes up to this share of a bone's surface are closed; the volume behind a larger one is not known.
const CLOSED: f64 = 0.01;
/// A bone's volume is at least this share of that of a ball with its surface.
const FLAT: f64 = 1e-3;

/// The meshes that have an inside, with small holes closed, seen from outside.
pub fn whole(meshes: Vec<Mesh>, findings: &mut Findings) -> Vec<Mesh> {
    meshes.into_iter().filter_map(|mesh| mended(mesh, findings)).collect()
}

fn mended(mesh: Mesh, findings: &mut Findings) -> Option<Mesh> {
    let edges = Edges::of(&mesh);
    let mut mesh = if edges.closed() { mesh } else { closed(mesh, &edges, findings)? };
    let volume = mesh.signed_volume();
    let area = mesh.area();
    let ball = area.powf(1.5) / (6.0 * std::f64::consts::PI.sqrt());
    if volume.abs() < FLAT * ball {
        let message = format!(
            "`{}` is a sheet: it holds {:.3} mL behind {:.1} cm²",
            mesh.name,
            volume / 1e3,
            area / 1e2
        );
        findings.error(&mesh.file, message, "a bone is a closed surface");
        return None;
    }
    if volume < 0.0 {
        mesh.turn_over();
        findings.warning(&mesh.file, format!("`{}` was inside out and is turned over", mesh.name), "");
    }
    Some(mesh)
}

fn closed(mesh: Mesh, edges: &Edges, findings: &mut Findings) -> Option<Mesh> {
    if edges.turned > 0 {
        let message = format!(
            "`{}` has {} edges at which one of two triangles shows its back",
            mesh.name, edges.turned
        );
        findings.error(&mesh.file, message, "let a mesh program turn all normals outside");
        return None;
    }
    let help = "close its holes in a mesh program, or segment it with a margin";
    let open = edges.open.len();
    let Some((whole, area)) = mesh.holes_closed(edges) else {
        findings.error(
            &mesh.file,
            format!("`{}` leaks: its {open} open edges make no rims", mesh.name),
            help,
        );
        return None;
    };
    let share = area / mesh.area();
    let told = format!(
        "`{}` leaks: holes with {open} open edges make up {:.2} % of its surface",
        mesh.name,
        100.0 * share
    );
    if share > CLOSED {
        findings.error(&mesh.file, told, help);
        return None;
    }
    findings.warning(&mesh.file, format!("{told}; they are closed"), "");
    Some(whole)
}

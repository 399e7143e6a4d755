//! All four formats are read alike.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cisterna_skeleton::finding::Findings;
use cisterna_skeleton::mesh::{Edges, Mesh};
use cisterna_skeleton::reading::{Convention, LengthUnit, read_meshes};
use cisterna_skeleton::solid::Solid;

use proptest::prelude::*;

use common::{block, moved};

fn bone() -> Mesh {
    moved(&block("frontal_bone", [40.0, 60.0, 80.0]), [12.0, -3.0, 1600.0])
}

fn stl(mesh: &Mesh) -> String {
    let mut text = "solid x\n".to_owned();
    for facet in mesh.facets(0) {
        let n = facet.normal;
        writeln!(text, "facet normal {} {} {}\nouter loop", n.x, n.y, n.z).unwrap();
        facet.corners.iter().for_each(|c| writeln!(text, "vertex {} {} {}", c.x, c.y, c.z).unwrap());
        text.push_str("endloop\nendfacet\n");
    }
    text + "endsolid x\n"
}

fn stl_binary(mesh: &Mesh) -> Vec<u8> {
    let mut bytes = vec![0; 80];
    bytes.extend((mesh.triangles.len() as u32).to_le_bytes());
    for facet in mesh.facets(0) {
        let numbers = std::iter::once(facet.normal).chain(facet.corners);
        bytes.extend(numbers.flat_map(|v| [v.x, v.y, v.z]).flat_map(|c| (c as f32).to_le_bytes()));
        bytes.extend([0, 0]);
    }
    bytes
}

/// Two objects, the second after the first.
fn obj(meshes: &[Mesh]) -> String {
    let (mut text, mut first) = (String::new(), 1);
    for mesh in meshes {
        writeln!(text, "o {}", mesh.name).unwrap();
        mesh.vertices.iter().for_each(|v| writeln!(text, "v {} {} {}", v.x, v.y, v.z).unwrap());
        for [a, b, c] in &mesh.triangles {
            writeln!(text, "f {} {} {}", a + first, b + first, c + first).unwrap();
        }
        first += mesh.vertices.len();
    }
    text
}

fn ply(mesh: &Mesh) -> String {
    let mut text = format!(
        "ply\nformat ascii 1.0\nelement vertex {}\nproperty float x\nproperty float y\nproperty float z\n\
         element face {}\nproperty list uchar int vertex_indices\nend_header\n",
        mesh.vertices.len(),
        mesh.triangles.len()
    );
    mesh.vertices.iter().for_each(|v| writeln!(text, "{} {} {}", v.x, v.y, v.z).unwrap());
    mesh.triangles.iter().for_each(|[a, b, c]| writeln!(text, "3 {a} {b} {c}").unwrap());
    text
}

/// Points and corners as a glTF has them.
fn buffer(mesh: &Mesh) -> Vec<u8> {
    let points = mesh.vertices.iter().flat_map(|v| [v.x, v.y, v.z]).flat_map(|c| (c as f32).to_le_bytes());
    points.chain(mesh.triangles.iter().flatten().flat_map(|corner| (*corner as u32).to_le_bytes())).collect()
}

fn gltf_json(mesh: &Mesh, uri: Option<&str>, node: &str) -> String {
    let (points, corners) = (mesh.vertices.len(), 3 * mesh.triangles.len());
    let uri = uri.map(|uri| format!(r#""uri":"{uri}","#)).unwrap_or_default();
    format!(
        r#"{{"asset":{{"version":"2.0"}},"scene":0,"scenes":[{{"nodes":[0]}}],
        "nodes":[{{"name":"{}","mesh":0{node}}}],
        "meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}},"indices":1}}]}}],
        "accessors":[{{"bufferView":0,"componentType":5126,"count":{points},"type":"VEC3","min":[0,0,0],"max":[1,1,1]}},
        {{"bufferView":1,"componentType":5125,"count":{corners},"type":"SCALAR"}}],
        "bufferViews":[{{"buffer":0,"byteLength":{}}},{{"buffer":0,"byteOffset":{},"byteLength":{}}}],
        "buffers":[{{{uri}"byteLength":{}}}]}}"#,
        mesh.name,
        12 * points,
        12 * points,
        4 * corners,
        12 * points + 4 * corners
    )
}

fn glb(mesh: &Mesh, node: &str) -> Vec<u8> {
    let mut json = gltf_json(mesh, None, node).into_bytes();
    json.resize(json.len().next_multiple_of(4), b' ');
    let bin = buffer(mesh);
    let total = 12 + 8 + json.len() + 8 + bin.len();
    let word = |n: usize| (n as u32).to_le_bytes();
    let head = [*b"glTF", word(2), word(total), word(json.len()), *b"JSON"].concat();
    [head, json, [word(bin.len()), *b"BIN\0"].concat(), bin].concat()
}

fn read(path: &Path, convention: &Convention) -> Vec<Mesh> {
    let mut findings = Findings::default();
    let meshes = read_meshes(&[path.to_owned()], convention, &mut findings);
    assert!(findings.list.is_empty(), "{findings}");
    meshes
}

#[test]
fn a_bone_is_the_same_from_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mesh = bone();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    write("frontal_bone.stl", stl(&mesh).as_bytes());
    write("b/frontal_bone.stl", &stl_binary(&mesh));
    write("frontal_bone.ply", ply(&mesh).as_bytes());
    write("any.obj", obj(std::slice::from_ref(&mesh)).as_bytes());
    write("any.glb", &glb(&mesh, ""));
    write("shapes.bin", &buffer(&mesh));
    write("any.gltf", gltf_json(&mesh, Some("shapes.bin"), "").as_bytes());
    let data = format!("data:application/octet-stream;base64,{}", base64_of(&buffer(&mesh)));
    write("inline.gltf", gltf_json(&mesh, Some(&data), "").as_bytes());
    let truth = Solid::of(&mesh);
    let files = [
        "frontal_bone.stl",
        "b/frontal_bone.stl",
        "frontal_bone.ply",
        "any.obj",
        "any.glb",
        "any.gltf",
        "inline.gltf",
    ];
    for file in files {
        let read = read(&folder.path().join(file), &Convention::default());
        let [bone] = read.as_slice() else { panic!("{file}: {} bones", read.len()) };
        let solid = Solid::of(bone);
        assert_eq!(
            (bone.name.as_str(), bone.vertices.len(), bone.triangles.len()),
            ("frontal_bone", 8, 12),
            "{file}"
        );
        assert!(Edges::of(bone).closed(), "{file}");
        assert!((solid.volume / truth.volume - 1.0).abs() < 1e-5, "{file}");
        assert!((solid.centroid - truth.centroid).norm() < 1e-3, "{file}");
    }
}

#[test]
fn unit_and_frame_of_a_file_are_taken_into_account() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("standard.glb");
    // By the standard of glTF: metres, x to the left, y up, z forward.
    let standard = common::changed(&bone(), |v| nalgebra::Vector3::new(-v.x, v.z, v.y) / 1000.0);
    fs::write(&path, glb(&standard, "")).unwrap();
    let convention = Convention { unit: LengthUnit::Metre, frame: "left,up,forward".parse().unwrap() };
    let solid = Solid::of(&read(&path, &convention)[0]);
    assert!((solid.centroid - Solid::of(&bone()).centroid).norm() < 1e-3);
    assert!((solid.volume / 192e3 - 1.0).abs() < 1e-4);
    // A left-handed file: what is read is no mirror image turned inside out.
    let left = Convention { frame: "left,forward,up".parse().unwrap(), ..Convention::default() };
    fs::write(&path, glb(&common::changed(&bone(), |v| nalgebra::Vector3::new(-v.x, v.y, v.z)), "")).unwrap();
    let mirrored = &read(&path, &left)[0];
    assert!((Solid::of(mirrored).centroid - Solid::of(&bone()).centroid).norm() < 1e-3);
}

#[test]
fn a_node_places_and_mirrors_its_mesh() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("placed.glb");
    fs::write(&path, glb(&bone(), r#","translation":[0,0,-1000],"scale":[-1,1,1]"#)).unwrap();
    let solid = Solid::of(&read(&path, &Convention::default())[0]);
    assert!((solid.centroid - nalgebra::Vector3::new(-12.0, -3.0, 600.0)).norm() < 1e-3);
    assert!(solid.volume > 0.0);
}

#[test]
fn a_file_of_several_bones_gives_each() {
    let folder = tempfile::tempdir().unwrap();
    let second = moved(&block("atlas", [30.0, 30.0, 15.0]), [0.0, 0.0, 1480.0]);
    fs::write(folder.path().join("head.obj"), obj(&[bone(), second])).unwrap();
    let names: Vec<String> =
        read(folder.path(), &Convention::default()).into_iter().map(|mesh| mesh.name).collect();
    assert_eq!(names, ["frontal_bone", "atlas"]);
}

#[test]
fn files_that_are_none_are_told_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("broken.glb"), b"glTF and no more").unwrap();
    fs::write(path("empty.stl"), b"").unwrap();
    fs::write(path("odd.ply"), b"ply\nformat ascii 1.0\nend_header\n").unwrap();
    fs::write(path("far.obj"), b"o atlas\nv 0 0 0\nf 1 2 3\n").unwrap();
    fs::create_dir(path("nothing")).unwrap();
    let mut findings = Findings::default();
    let asked =
        ["broken.glb", "empty.stl", "odd.ply", "far.obj", "gone.stl", "bones.slt", "nothing"].map(path);
    assert!(read_meshes(&asked, &Convention::default(), &mut findings).is_empty());
    let told = findings.to_string();
    assert_eq!(findings.list.len(), asked.len(), "{told}");
    for part in ["did you mean `stl`?", "no mesh is in the folder", "there is no element `vertex`"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// A file of each kind with its ending.
fn one_of_each() -> Vec<(&'static str, Vec<u8>)> {
    let mesh = bone();
    let data = format!("data:application/octet-stream;base64,{}", base64_of(&buffer(&mesh)));
    vec![
        ("stl", stl(&mesh).into_bytes()),
        ("stl", stl_binary(&mesh)),
        ("ply", ply(&mesh).into_bytes()),
        ("obj", obj(std::slice::from_ref(&mesh)).into_bytes()),
        ("glb", glb(&mesh, "")),
        ("gltf", gltf_json(&mesh, Some(&data), "").into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_spoilt_file_is_refused_or_read_but_never_panics(
        kind in 0_usize..6, at in 0.0..1.0_f64, byte in prop_oneof![any::<u8>(), b'0'..=b'9'], cut in prop::bool::ANY,
    ) {
        let (ending, mut bytes) = one_of_each().swap_remove(kind);
        let place = (at * bytes.len() as f64) as usize;
        bytes[place] = byte;
        if cut {
            bytes.truncate(place);
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("frontal_bone.{ending}"));
        fs::write(&path, bytes).unwrap();
        let mut findings = Findings::default();
        let read = read_meshes(&[path], &Convention::default(), &mut findings);
        prop_assert!(read.len() + findings.list.len() <= 1 + usize::from(ending == "obj"));
    }
}

fn base64_of(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let three = [chunk[0], *chunk.get(1).unwrap_or(&0), *chunk.get(2).unwrap_or(&0)];
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize] as char;
            text.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    text
}

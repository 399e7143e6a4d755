//! What is wrong with a claim is told with its place and the nearest valid name.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use cisterna_claims::{Claims, Folder, Verdict};

const CLAIM: &str = r#"
id        = "X1"
claim     = "Two is more than one"
stated_in = "a test"
kind      = "physics"
reading   = "One number against another."

[number.two]
label = "Two"
is    = "2 N | 1 .. 3 | assumed: a test"

[number.one]
label = "One"
is    = "1 N || assumed: a test"

[number.both]
label = "Both"
sum   = ["one", "two"]

[verdict]
compare   = "two"
at_least  = "one"
then      = "supported"
otherwise = "contradicted"
turns_on  = "two"
"#;

fn folder(text: &str) -> (tempfile::TempDir, Folder) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("two.toml"), text).unwrap();
    let own = Folder::Own(folder.path().to_owned());
    (folder, own)
}

/// What is wrong when `old` is replaced in the claim.
fn wrong(old: &str, new: &str) -> String {
    assert!(CLAIM.contains(old), "{old}");
    let (_kept, folder) = folder(&CLAIM.replacen(old, new, 1));
    match Claims::read(&folder, &[]) {
        Err(problems) => problems.to_string(),
        Ok(claims) => claims.decide(&|_| ()).unwrap_err().to_string(),
    }
}

#[test]
fn a_small_claim_is_decided_and_turns_at_its_bound() {
    let (_kept, folder) = folder(CLAIM);
    let claims = Claims::read(&folder, &["two".to_owned()]).unwrap();
    let report = claims.decide(&|_| ()).unwrap();
    let [decided] = report.claims.as_slice() else { panic!("one claim") };
    assert_eq!((decided.verdict, decided.is_firm), (Verdict::Supported, true));
    assert_eq!(decided.value("both").unwrap().value, 3.0);
    let turning = decided.turning.as_ref().unwrap();
    assert!((turning.threshold.unwrap() - 1.0).abs() < 1e-3);
    assert_eq!((turning.beyond, turning.is_within_range()), (Verdict::Contradicted, Some(false)));
    let json = report.to_json();
    assert_eq!(json["claims"][0]["verdict"], "supported");
    assert_eq!(json["claims"][0]["numbers"][0]["value"], 2.0);
}

#[test]
fn mistakes_are_told_with_their_place() {
    let cases = [
        ("compare   = \"two\"", "compare   = \"tow\"", "`tow` is no number of this claim"),
        ("then      = \"supported\"", "then      = \"suported\"", "did you mean `supported`?"),
        ("kind      = \"physics\"", "kind      = \"physic\"", "did you mean `physics`?"),
        ("sum   = [\"one\", \"two\"]", "sum   = [\"one\"]", "`sum` puts two or more numbers together"),
        ("sum   = [\"one\", \"two\"]", "some  = 3", "this number comes from nowhere"),
        ("turns_on  = \"two\"", "turns_on  = \"both\"", "`both` is no stated number of this claim"),
        ("at_least  = \"one\"", "", "one of `at_least` and `at_most`"),
        ("is    = \"1 N ||", "is    = \"1 mm ||", "do not go together"),
        (
            "otherwise = \"contradicted\"",
            "otherwise = \"needs a hypothesis\"",
            "`hypothesis` says what would have to be true",
        ),
        ("reading   = \"One number against another.\"", "", "a claim lacks `reading`"),
    ];
    for (old, new, wanted) in cases {
        let told = wrong(old, new);
        assert!(told.contains(wanted) && told.contains("two.toml:"), "{new}: {told}");
    }
}

#[test]
fn a_claim_that_is_not_there_is_told_with_the_nearest() {
    let (_kept, folder) = folder(CLAIM);
    let told = Claims::read(&folder, &["X2".to_owned()]).unwrap_err().to_string();
    assert!(told.contains("there is no such claim") && told.contains("`X1`"), "{told}");
}

//! All claims that come along: each has a verdict, and each verdict turns where it says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test may panic")]

use cisterna_claims::{Claims, Decision, Folder, Verdict};

#[test]
fn what_no_run_decides_says_why() {
    let claims = Claims::read(&Folder::Embedded, &[]).unwrap();
    let mut published = 0;
    for claim in claims.list() {
        let Decision::Rule(rule) = &claim.decision else { continue };
        let computed = claim.is_computed(&rule.compare) || claim.is_computed(&rule.bound);
        assert_eq!(!computed, claim.no_pair.is_some(), "{}: computed {computed}", claim.id);
        published += usize::from(!computed);
    }
    assert!(published < CLAIMS / 2, "{published} of {CLAIMS} are decided by published figures");
}

/// The described system has so many claims.
const CLAIMS: usize = 76;

#[test]
fn every_claim_has_a_verdict_that_turns_where_it_says() {
    let claims = Claims::read(&Folder::Embedded, &[]).unwrap();
    let report = claims.decide(&|_| ()).unwrap_or_else(|problems| panic!("{problems}"));
    let ids: Vec<String> = report.claims.iter().map(|decided| decided.claim.id.clone()).collect();
    let wanted: Vec<String> = (1..=CLAIMS).map(|number| format!("C{number:02}")).collect();
    assert_eq!(ids, wanted);
    let untestable = report.count(Verdict::NotTestable);
    assert!(untestable * 10 <= CLAIMS, "{untestable} of {CLAIMS} cannot be tested");
    for decided in &report.claims {
        let Decision::Rule(_) = &decided.claim.decision else { continue };
        let id = &decided.claim.id;
        let turning = decided.turning.as_ref().unwrap();
        let at = turning.threshold.unwrap_or_else(|| panic!("{id} turns nowhere: {turning}"));
        // A hundredth beyond, on the side away from where it is.
        let beyond = at + 0.01 * (at - turning.value).signum() * at.abs();
        let other = claims.verdict_at(&decided.claim, beyond).unwrap().unwrap();
        assert_eq!(other, turning.beyond, "{id}: {turning} at {beyond}");
        assert_ne!(other, decided.verdict, "{id}");
        assert_eq!(claims.verdict_at(&decided.claim, turning.value).unwrap(), Some(decided.verdict), "{id}");
    }
}

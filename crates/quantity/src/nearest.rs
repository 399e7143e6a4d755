//! The valid word that somebody most likely meant.

use strsim::damerau_levenshtein;

/// Longer words are not typing errors, and the comparison grows with the square of the length.
const LONGEST_WORD: usize = 64;
/// Parts of names that are no longer may stand in any name.
const SHORT_PART: usize = 2;

/// The candidate nearest to `word`, or none when nothing is near.
///
/// A difference of case wins, then the words of a name in another order (`ventricle_third`) or some of them
/// (`third`, of more than two letters each), then the fewest typing errors in one order or the other, at most one in
/// three letters.
pub fn nearest<'a, S>(word: &str, candidates: impl IntoIterator<Item = &'a S>) -> Option<&'a str>
where
    S: AsRef<str> + ?Sized + 'a,
{
    let wanted = word.trim().to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST_WORD {
        return None;
    }
    let wanted_parts = sorted_parts(&wanted);
    let limit = length.max(3) / 3;
    candidates
        .into_iter()
        .map(AsRef::as_ref)
        .filter_map(|candidate| {
            // Distances in halves of a typing error leave room for the reordered name.
            let lower = candidate.to_lowercase();
            let parts = sorted_parts(&lower);
            let distance = if lower == wanted {
                0
            } else if parts == wanted_parts {
                1
            } else if wanted_parts.iter().all(|part| part.len() > SHORT_PART && parts.contains(part)) {
                2
            } else if candidate.chars().count().abs_diff(length) > limit {
                return None;
            } else {
                let reordered = damerau_levenshtein(&wanted_parts.join("_"), &parts.join("_"));
                (2 * damerau_levenshtein(&wanted, &lower)).min(2 * reordered + 1)
            };
            (distance <= 2 * limit).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

fn sorted_parts(name: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = name.split(['_', '.', '-', ' ']).collect();
    parts.sort_unstable();
    parts
}

/// The words "did you mean `x`?" and a space, or nothing where nothing is near.
pub(crate) fn suggestion(found: Option<&str>) -> String {
    found.map_or_else(String::new, |word| format!("did you mean `{word}`? "))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const SPACES: [&str; 4] = ["third_ventricle", "fourth_ventricle", "lateral_ventricle", "sagittal_sinus"];

    #[test]
    fn a_slip_of_the_finger_finds_its_space() {
        assert_eq!(nearest("sagital_sinus", SPACES), Some("sagittal_sinus"));
        assert_eq!(nearest("third_ventrilce", &SPACES), Some("third_ventricle"));
        assert_eq!(nearest("ventricle_fourth", SPACES), Some("fourth_ventricle"));
    }

    #[test]
    fn some_of_the_words_and_slips_in_another_order_find_their_name() {
        let bones = ["frontal_bone", "left_parietal_bone", "right_parietal_bone"];
        assert_eq!(nearest("parietal_bone", bones), Some("left_parietal_bone"));
        assert_eq!(nearest("parietal_bone_rigt", bones), Some("right_parietal_bone"));
        assert_eq!(nearest("sinus", SPACES), Some("sagittal_sinus"));
    }

    #[test]
    fn case_is_forgiven_before_spelling() {
        assert_eq!(nearest("ML", ["mm", "mL"]), Some("mL"));
    }

    #[test]
    fn a_foreign_word_finds_nothing() {
        assert_eq!(nearest("kidney", SPACES), None);
        assert_eq!(nearest("", SPACES), None);
        assert_eq!(nearest(&"x".repeat(100_000), SPACES), None);
    }

    #[test]
    fn owned_names_serve_as_candidates() {
        let names = vec![String::from("aqueduct"), String::from("villi")];
        assert_eq!(nearest("aquaduct", &names), Some("aqueduct"));
    }
}

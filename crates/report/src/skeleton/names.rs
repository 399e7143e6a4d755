//! Bones in few words.

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// A bone's name as it stands beside a picture: `T4` for the fourth thoracic vertebra, "right parietal" for its bone.
pub(crate) fn short_name(name: &str) -> String {
    for (region, letter) in
        [("_cervical_vertebra", 'C'), ("_thoracic_vertebra", 'T'), ("_lumbar_vertebra", 'L')]
    {
        let number =
            name.strip_suffix(region).and_then(|word| ORDINALS.iter().position(|known| *known == word));
        if let Some(number) = number {
            return format!("{letter}{}", number + 1);
        }
    }
    match name {
        "atlas" => "C1 atlas".to_owned(),
        "axis" => "C2 axis".to_owned(),
        "left_inferior_nasal_concha" => "left lower concha".to_owned(),
        "right_inferior_nasal_concha" => "right lower concha".to_owned(),
        // A hip without its bone is another thing.
        _ if name.ends_with("hip_bone") => name.replace('_', " "),
        _ => name.strip_suffix("_bone").unwrap_or(name).replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vertebrae_have_their_letters_and_bones_lose_the_word() {
        let names =
            ["eleventh_thoracic_vertebra", "right_parietal_bone", "left_hip_bone", "mandible", "axis"];
        assert_eq!(names.map(short_name), ["T11", "right parietal", "left hip bone", "mandible", "C2 axis"]);
    }
}

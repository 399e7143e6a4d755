//! Thresholds: what is just felt, by how a body is touched and how fast it moves.

use cisterna_analysis::{normal_cdf, normal_quantile};
use cisterna_quantity::{Dimension, Quantity};

use crate::values::Values;

/// How a body is touched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Contact {
    /// Skin that rests on what moves, over so much area, mm^2.
    Skin {
        /// The area, mm^2.
        area: f64,
    },
    /// Two hands that hold a body between them.
    TwoHands,
}

impl Contact {
    /// The contacts by their names in documents: the pad of a finger (100 mm^2), a palm (5000 mm^2), two hands.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("fingertip", Self::Skin { area: 100.0 }),
        ("palm", Self::Skin { area: 5000.0 }),
        ("two_hands", Self::TwoHands),
    ];

    /// The contact of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, contact)| *contact)
    }
}

impl Values {
    /// The amplitude (half of peak to peak, mm) of a sinusoid of `frequency` (Hz) that somebody just feels whose threshold
    /// lies `acuity` standard deviations below (the finer) or above (negative) that of the median person.
    #[must_use]
    pub fn threshold(&self, contact: Contact, frequency: f64, acuity: f64) -> f64 {
        let median = match contact {
            Contact::Skin { area } => self.on_skin(frequency) * self.by_area(area, frequency),
            Contact::TwoHands => {
                self.two_hands_threshold * self.on_skin(frequency) / self.on_skin(self.two_hands_frequency)
            }
        };
        median * (-acuity * self.scatter(contact)).exp()
    }

    /// d' of a sinusoid: proportional to its amplitude, and at the threshold what the threshold is defined by.
    #[must_use]
    pub fn d_prime(&self, contact: Contact, amplitude: f64, frequency: f64, acuity: f64) -> f64 {
        amplitude / self.noise(contact, frequency, acuity)
    }

    /// The amplitude whose d' is one: the noise of a hand, mm.
    #[must_use]
    pub fn noise(&self, contact: Contact, frequency: f64, acuity: f64) -> f64 {
        self.threshold(contact, frequency, acuity) / self.sensitivity(contact)
    }

    /// d' of a motion at its threshold, by how thresholds of this contact were measured.
    #[must_use]
    pub fn sensitivity(&self, contact: Contact) -> f64 {
        match contact {
            Contact::Skin { .. } => self.skin_sensitivity,
            Contact::TwoHands => self.two_hands_sensitivity,
        }
    }

    /// The share of people whose threshold lies below a motion.
    #[must_use]
    pub fn share_who_feel(&self, contact: Contact, amplitude: f64, frequency: f64) -> f64 {
        let median = self.threshold(contact, frequency, 0.0);
        normal_cdf((amplitude / median).ln() / self.scatter(contact))
    }

    /// The least amplitude (mm) that the given share of people feels.
    #[must_use]
    pub fn least_amplitude(&self, contact: Contact, frequency: f64, share: f64) -> f64 {
        self.threshold(contact, frequency, -normal_quantile(share))
    }

    /// The sources of a threshold in alphabetical order: those of the points of skin between which the frequency lies, and of all else
    /// that it is computed from.
    #[must_use]
    pub fn threshold_sources(&self, contact: Contact, frequency: f64) -> Vec<&str> {
        let points = self.between(frequency).map(|point| point.0);
        let of_skin = |name: &str| {
            let at = name.strip_prefix("skin.threshold.");
            let at = at.and_then(|text| Quantity::parse(text, Dimension::FREQUENCY).ok());
            at.is_some_and(|at| points.contains(&at))
        };
        let own: &[&str] = match contact {
            Contact::Skin { .. } if frequency < self.summation_from => &["skin.scatter"],
            Contact::Skin { .. } => &["skin.scatter", "skin.contact_area", "skin.summation"],
            Contact::TwoHands => &["two_hands.threshold", "two_hands.scatter", "two_hands.frequency"],
        };
        let used = self.stated.iter().filter(|value| own.contains(&&*value.name) || of_skin(&value.name));
        let mut sources: Vec<&str> =
            used.flat_map(|value| &value.stated.sources).map(String::as_str).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    fn scatter(&self, contact: Contact) -> f64 {
        match contact {
            Contact::Skin { .. } => self.skin_scatter,
            Contact::TwoHands => self.two_hands_scatter,
        }
    }

    /// The threshold of skin: straight lines between the points of logarithms, the outermost go on.
    fn on_skin(&self, frequency: f64) -> f64 {
        let [(low, from), (high, to)] = self.between(frequency);
        let part = (frequency / low).ln() / (high / low).ln();
        from * (to / from).powf(part)
    }

    /// The two points of skin between which a frequency lies; the outermost two beyond them.
    fn between(&self, frequency: f64) -> [(f64, f64); 2] {
        let points = &self.skin_points;
        let next = points.partition_point(|point| point.0 < frequency).clamp(1, points.len() - 1);
        [points[next - 1], points[next]]
    }

    /// Fast motions are felt the better the more skin is touched; slow ones are not (Verrillo 1963).
    fn by_area(&self, area: f64, frequency: f64) -> f64 {
        if frequency < self.summation_from {
            return 1.0;
        }
        (self.contact_area / area).powf(self.summation)
    }
}

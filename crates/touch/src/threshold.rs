//! Thresholds: what is just felt, by how a body is touched and how fast it moves.

use cisterna_analysis::{normal_cdf, normal_quantile};

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

    fn scatter(&self, contact: Contact) -> f64 {
        match contact {
            Contact::Skin { .. } => self.skin_scatter,
            Contact::TwoHands => self.two_hands_scatter,
        }
    }

    /// The threshold of skin: straight lines between the points of logarithms, the outermost go on.
    fn on_skin(&self, frequency: f64) -> f64 {
        let points = &self.skin_points;
        let next = points.partition_point(|point| point.0 < frequency).clamp(1, points.len() - 1);
        let ((low, from), (high, to)) = (points[next - 1], points[next]);
        let part = (frequency / low).ln() / (high / low).ln();
        from * (to / from).powf(part)
    }

    /// Fast motions are felt the better the more skin is touched; slow ones are not (Verrillo 1963).
    fn by_area(&self, area: f64, frequency: f64) -> f64 {
        if frequency < self.summation_from {
            return 1.0;
        }
        (self.contact_area / area).powf(self.summation)
    }
}

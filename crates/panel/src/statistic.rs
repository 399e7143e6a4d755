//! Figures of ratings, as studies print them.

use cisterna_analysis::agreement::{cohen_kappa, fleiss_kappa, intraclass, limits_of_agreement};

/// Ratings of a panel: `[subject][rater][repeat]`; rates a minute, or 1 for restricted and 0 for not.
pub(crate) type Ratings = Vec<Vec<Vec<f64>>>;

/// A figure of ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// The mean of all ratings.
    Mean,
    /// Their standard deviation.
    Deviation,
    /// Standard deviation over mean.
    Variation,
    /// ICC(1,1) between raters, of the first ratings.
    InterOneWay,
    /// ICC(2,1) between raters.
    InterTwoWay,
    /// ICC(3,1) between raters.
    InterFixed,
    /// Mean correlation of pairs of raters.
    InterCorrelation,
    /// Half the width of the 95 % limits of agreement of the first two raters.
    InterLimits,
    /// ICC(1,1) of each rater's first two ratings, mean over raters.
    Intra,
    /// Half the width of the 95 % limits of agreement of each rater's first two ratings, mean over raters.
    IntraLimits,
    /// Kappa between raters (Fleiss).
    InterKappa,
    /// Kappa of each rater's first two ratings, mean over raters.
    IntraKappa,
    /// The share of subjects that are called restricted.
    Share,
}

impl Statistic {
    /// All, with their names in documents, their units and what they are.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 13] = [
        (Self::Mean, "mean", "1/min", "mean rate"),
        (Self::Deviation, "standard_deviation", "1/min", "standard deviation of all rates"),
        (Self::Variation, "coefficient_of_variation", "1", "standard deviation over mean"),
        (Self::InterOneWay, "icc_1_1", "1", "ICC(1,1) between raters"),
        (Self::InterTwoWay, "icc_2_1", "1", "ICC(2,1) between raters"),
        (Self::InterFixed, "icc_3_1", "1", "ICC(3,1) between raters"),
        (Self::InterCorrelation, "correlation", "1", "mean correlation of pairs of raters"),
        (Self::InterLimits, "limits", "1/min", "half width of the limits of agreement of two raters"),
        (Self::Intra, "icc_intra", "1", "ICC of one rater's repeats, mean over raters"),
        (Self::IntraLimits, "limits_intra", "1/min", "half width of the limits of agreement of repeats"),
        (Self::InterKappa, "kappa", "1", "kappa between raters"),
        (Self::IntraKappa, "kappa_intra", "1", "kappa of one rater's repeats, mean over raters"),
        (Self::Share, "share", "1", "share of subjects that are called restricted"),
    ];

    /// The statistic of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, ..)| *known == name).map(|(statistic, ..)| *statistic)
    }

    fn entry(self) -> Option<&'static (Self, &'static str, &'static str, &'static str)> {
        Self::ALL.iter().find(|(statistic, ..)| *statistic == self)
    }

    /// Its name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.1)
    }

    /// Its unit; `1` for a plain number.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.entry().map_or("", |entry| entry.2)
    }

    /// What it is, in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.entry().map_or("", |entry| entry.3)
    }

    /// Whether it is a coefficient of agreement, whose band must be narrow for a hit to mean anything.
    #[must_use]
    pub fn is_agreement(self) -> bool {
        !matches!(
            self,
            Self::Mean
                | Self::Deviation
                | Self::Variation
                | Self::InterLimits
                | Self::IntraLimits
                | Self::Share
        )
    }

    /// Whether it compares different raters.
    #[must_use]
    pub fn needs_raters(self) -> bool {
        use Statistic::{InterCorrelation, InterFixed, InterKappa, InterLimits, InterOneWay, InterTwoWay};
        matches!(self, InterOneWay | InterTwoWay | InterFixed | InterCorrelation | InterLimits | InterKappa)
    }

    /// Whether it compares repeats of one rater.
    #[must_use]
    pub fn needs_repeats(self) -> bool {
        matches!(self, Self::Intra | Self::IntraLimits | Self::IntraKappa)
    }

    /// Whether it is a figure of restrictions and not of rates; none where it is of both.
    #[must_use]
    pub fn of_restrictions(self) -> bool {
        matches!(self, Self::InterKappa | Self::IntraKappa | Self::Share)
    }

    /// The figure; none where it cannot be told, as a kappa where all are called alike.
    pub(crate) fn of(self, ratings: &Ratings) -> Option<f64> {
        let first: Vec<Vec<f64>> =
            ratings.iter().map(|raters| raters.iter().map(|repeats| repeats[0]).collect()).collect();
        match self {
            Self::Mean | Self::Share => Some(mean(&all(ratings))),
            Self::Deviation => Some(deviation(&all(ratings))),
            Self::Variation => Some(deviation(&all(ratings)) / mean(&all(ratings))),
            Self::InterOneWay => intraclass(&first).map(|found| found.one_way.value),
            Self::InterTwoWay => intraclass(&first).map(|found| found.two_way.value),
            Self::InterFixed => intraclass(&first).map(|found| found.fixed.value),
            Self::InterCorrelation => mean_correlation(&first),
            Self::InterLimits => {
                let pairs: Vec<(f64, f64)> = first.iter().map(|row| (row[0], row[1])).collect();
                limits_of_agreement(&pairs).map(|limits| limits.half_width)
            }
            Self::Intra => over_raters(ratings, |pairs| {
                let rows: Vec<Vec<f64>> = pairs.iter().map(|(a, b)| vec![*a, *b]).collect();
                intraclass(&rows).map(|found| found.one_way.value)
            }),
            Self::IntraLimits => {
                over_raters(ratings, |pairs| limits_of_agreement(pairs).map(|limits| limits.half_width))
            }
            Self::InterKappa => {
                let counts = first.iter().map(|row| {
                    let restricted = row.iter().filter(|finding| **finding > 0.5).count();
                    vec![restricted, row.len() - restricted]
                });
                fleiss_kappa(&counts.collect::<Vec<_>>()).map(|found| found.kappa.value)
            }
            Self::IntraKappa => over_raters(ratings, |pairs| {
                let found = |rating: f64| usize::from(rating > 0.5);
                let pairs: Vec<_> = pairs.iter().map(|(a, b)| (found(*a), found(*b))).collect();
                cohen_kappa(&pairs, 2).map(|found| found.kappa.value)
            }),
        }
    }
}

fn all(ratings: &Ratings) -> Vec<f64> {
    ratings.iter().flatten().flatten().copied().collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// The mean over raters of a figure of their first two ratings; raters for whom there is none are left out.
fn over_raters(ratings: &Ratings, figure: impl Fn(&[(f64, f64)]) -> Option<f64>) -> Option<f64> {
    let raters = ratings.first()?.len();
    let of = |rater: usize| {
        let pairs: Vec<(f64, f64)> = ratings.iter().map(|row| (row[rater][0], row[rater][1])).collect();
        figure(&pairs)
    };
    let found: Vec<f64> = (0..raters).filter_map(of).collect();
    (!found.is_empty()).then(|| mean(&found))
}

fn mean_correlation(first: &[Vec<f64>]) -> Option<f64> {
    let raters = first.first()?.len();
    let column = |rater: usize| first.iter().map(|row| row[rater]).collect::<Vec<f64>>();
    let correlation = |a: &[f64], b: &[f64]| {
        let (mean_a, mean_b) = (mean(a), mean(b));
        let product: f64 = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum();
        product / ((a.len() as f64 - 1.0) * deviation(a) * deviation(b))
    };
    let pairs = (0..raters).flat_map(|one| (one + 1..raters).map(move |other| (one, other)));
    let found: Vec<f64> = pairs
        .map(|(one, other)| correlation(&column(one), &column(other)))
        .filter(|found| found.is_finite())
        .collect();
    (!found.is_empty()).then(|| mean(&found))
}

//! What the page is about: which documents, which of their rows, which pictures.

use super::pictures::Picture;

/// The documents that only this page needs, by name.
pub const DOCUMENTS: [(&str, &str); 3] = [
    ("pulse", include_str!("../../../facts/pulse.toml")),
    ("compliance_lying", include_str!("../../../facts/compliance_lying.toml")),
    ("compliance_upright", include_str!("../../../facts/compliance_upright.toml")),
];

/// One section of the page.
pub struct Topic {
    /// Its heading.
    pub heading: &'static str,
    /// What a reader needs to know to read it.
    pub text: &'static str,
    /// The documents that are run for it.
    pub documents: &'static [&'static str],
    /// The rows that are left out.
    pub without: &'static [&'static str],
    /// The pictures.
    pub pictures: &'static [Picture],
}

impl Topic {
    /// Whether the page shows a row.
    pub fn shows(&self, id: &str) -> bool {
        !self.without.contains(&id)
    }
}

/// The sections in their order.
pub const TOPICS: [Topic; 8] = [
    Topic {
        heading: "The pulse",
        text: "Means over all beats of half a minute on the back, from one contraction of the atria to the next. P1 to P3 \
               are the peaks and shoulders of the intracranial pressure after its steepest rise, in their order.",
        documents: &["pulse"],
        without: &[],
        pictures: &[
            Picture::Pulse { channel: "vault.pressure" },
            Picture::Beat {
                caption: "Flows over one heartbeat, less their means",
                channels: &["cerebral_inflow", "venous_outflow", "c2_c3.flow"],
            },
            Picture::Beat { caption: "The aqueduct over one heartbeat", channels: &["aqueduct.flow"] },
        ],
    },
    Topic {
        heading: "Lying and upright",
        text: "Head and spine are laid flat, then tilted to 90 degrees, with the pressures of arteries and veins at the \
               heart given.",
        documents: &["upright_head"],
        without: &["vP12", "vP19"],
        pictures: &[
            Picture::Time { caption: "Pressures", channels: &["vault.pressure", "sinuses.pressure"] },
            Picture::Time {
                caption: "Veins of the neck: jugular and vertebral",
                channels: &["jugular_outflow", "vertebral_veins.flow"],
            },
        ],
    },
    Topic {
        heading: "Where added fluid finds room",
        text: "3 mL are injected into the lumbar sac within half a minute; the share of it that the spine takes is its \
               share of the slow compliance. At the pulse that share is larger, since the store of the veins is slow.",
        documents: &["compliance_lying", "compliance_upright"],
        without: &[],
        pictures: &[Picture::Each {
            caption: "Pressure while 3 mL are injected",
            x: "all_fluid",
            y: "vault.pressure",
        }],
    },
    Topic {
        heading: "Infusion",
        text: "1.5 mL/min into the lumbar sac for twenty minutes: the pressure rises to a plateau, and its pulse with it.",
        documents: &["lumbar_infusion"],
        without: &[],
        pictures: &[
            Picture::Time { caption: "ICP, mean of each beat", channels: &["vault.pressure"] },
            Picture::Amplitude { caption: "Pulse of ICP against its mean", channel: "vault.pressure" },
        ],
    },
    Topic {
        heading: "Carbon dioxide",
        text: "Ten minutes of inspired carbon dioxide, and ten of breathing faster.",
        documents: &["carbon_dioxide", "hyperventilation"],
        without: &["vC03", "vC05", "vC06", "vC07"],
        pictures: &[Picture::Against {
            caption: "Blood flow of the brain while carbon dioxide rises and falls",
            x: "alveolar_carbon_dioxide",
            y: "cerebral_inflow",
        }],
    },
    Topic {
        heading: "Autoregulation",
        text: "Arterial pressure is lowered and raised by steps of ten minutes, carbon dioxide unchanged. A plateau is \
               where the flow hardly follows.",
        documents: &["static_autoregulation"],
        without: &[],
        pictures: &[
            Picture::Against {
                caption: "Blood flow of the brain against arterial pressure",
                x: "aorta.pressure",
                y: "cerebral_inflow",
            },
            Picture::Time { caption: "Flow over time", channels: &["cerebral_inflow"] },
        ],
    },
    Topic {
        heading: "A strain",
        text: "An adult on the back strains against 40 mmHg from 60 to 75 s (Valsalva): phase I as it begins, II while it \
               lasts, III as it ends, IV the overshoot.",
        documents: &["valsalva"],
        without: &[],
        pictures: &[
            Picture::Time {
                caption: "Pressures, mean of each beat",
                channels: &["aorta.pressure", "vault.pressure", "right_atrium.pressure"],
            },
            Picture::Time { caption: "Heart rate", channels: &["heart.rate"] },
        ],
    },
    Topic {
        heading: "Plateau waves",
        text: "The published model of Ursino and Lodi with a high outflow resistance and little room: waves that nothing \
               has to start. Patients reach 50 to 100 mmHg for 5 to 20 minutes (daley2005).",
        documents: &["ursino_lodi_waves"],
        without: &[],
        pictures: &[Picture::Time { caption: "ICP", channels: &["vault.pressure"] }],
    },
];

//! What a technique touches in a subject.

use cisterna_model::Model;
use cisterna_skeleton::site::Sites;

use crate::technique::{Contact, Place, Technique};

/// What a technique touches: its hands on bones, by the names that they have in the subject's document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    /// The hands.
    pub hands: Vec<Hand>,
    /// The bones under them, each once.
    pub bones: Vec<String>,
    /// The joints of those bones and those that the technique is taught to free.
    pub joints: Vec<String>,
    /// Membranes within the skull and the dural tube: their tension is looked at whatever is touched.
    pub membranes: Vec<String>,
    /// How long the technique lasts, s.
    pub time: f64,
}

/// A hand on a bone, or on a part of the body without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// Its name in the documents.
    pub name: String,
    /// What the technique says of it.
    pub contact: Contact,
    /// The bone under it; none where the model moves none.
    pub bone: Option<String>,
    /// When it presses, s after the technique begins.
    pub from: f64,
    /// Until when.
    pub until: f64,
    /// How much longer it takes than its technique says, as the whole technique does.
    pub stretch: f64,
}

impl Touched {
    /// What a technique touches where it lasts so long, s.
    pub(crate) fn of(technique: &Technique, time: f64, model: &Model) -> Self {
        let sites = Sites::embedded().unwrap_or_default();
        let known = |bone: &String| {
            model.bones.as_ref().is_some_and(|bones| bones.plan.anatomy.bones.contains_key(bone))
        };
        // Times within a technique go with how long it lasts.
        let scale = time / technique.time.value;
        let hands: Vec<Hand> = technique
            .contacts
            .iter()
            .enumerate()
            .map(|(place, contact)| Hand {
                name: format!("hand_{}", place + 1),
                bone: match &contact.place {
                    Place::Site(site) => sites.site.get(site).map(|rule| rule.bone.clone()).filter(known),
                    Place::Station(_) => None,
                },
                from: contact.begin * scale,
                until: contact.end(technique.time.value) * scale,
                stretch: scale,
                contact: contact.clone(),
            })
            .collect();
        let mut bones: Vec<String> = Vec::new();
        for bone in hands.iter().filter_map(|hand| hand.bone.as_ref()) {
            if !bones.contains(bone) {
                bones.push(bone.clone());
            }
        }
        let (mut joints, mut membranes) = (Vec::new(), Vec::new());
        if let Some(own) = &model.bones {
            let wanted = |name: &String, between: &[String; 2]| {
                technique.frees.contains(name) || between.iter().any(|bone| bones.contains(bone))
            };
            let all = own.plan.joints.iter().filter(|joint| wanted(&joint.name, &joint.between));
            joints = all.map(|joint| joint.name.clone()).collect();
            // Those within the skull, and the dural tube: walls of the chest swing with the breath whatever hands do.
            let facts = &own.plan.anatomy.facts.bone;
            let of_skull = |bone: &String| facts.get(bone).is_some_and(|bone| bone.region == "cranium");
            let sheets = own.plan.sheets.iter().filter(|sheet| sheet.from.bones.iter().all(of_skull));
            let sheets = sheets.map(|sheet| sheet.name.clone());
            membranes = sheets.chain(own.plan.tubes.iter().map(|tube| tube.name.clone())).collect();
        }
        Touched { hands, bones, joints, membranes, time }
    }

    /// The hands that lie on bones.
    pub fn on_bones(&self) -> impl Iterator<Item = &Hand> {
        self.hands.iter().filter(|hand| hand.bone.is_some())
    }

    /// When the first hands press, s after the technique begins: what bones do is read at the end of that.
    #[must_use]
    pub fn first(&self) -> (f64, f64) {
        let first = self.hands.first();
        first.map_or((0.0, self.time), |hand| (hand.from, hand.until))
    }
}

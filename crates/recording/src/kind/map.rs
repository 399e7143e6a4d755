//! What the user says that channels are.

use std::fmt;
use std::str::FromStr;

use super::{Guess, Kind, guess_kind};
use crate::error::ReadError;
use crate::types::{Channel, Recording};

/// Kinds given by name, `P1=icp`, before which any guess stands back. Empty by default: all is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindMap(Vec<(String, Kind)>);

impl KindMap {
    /// What `channel` is: as said, else guessed from its name and unit, else from its label.
    pub fn kind_of(&self, channel: &Channel) -> Guess {
        if let Some((_, kind)) = self.0.iter().find(|(name, _)| *name == channel.name) {
            return Guess { kind: *kind, reason: "as you said".to_owned() };
        }
        let by_name = guess_kind(&channel.name, &channel.unit);
        if by_name.kind != Kind::Other || channel.label == channel.name {
            return by_name;
        }
        let by_label = guess_kind(&channel.label, &channel.unit);
        if by_label.kind == Kind::Other { by_name } else { by_label }
    }

    /// The channels of one kind, in the order of the recording.
    pub fn channels_of<'a>(
        &'a self,
        recording: &'a Recording,
        kind: Kind,
    ) -> impl Iterator<Item = &'a Channel> {
        recording.channels.iter().filter(move |channel| self.kind_of(channel).kind == kind)
    }

    /// Refuses a map that names a channel which `recording`, read from `file`, has not.
    pub fn check(&self, file: &str, recording: &Recording) -> Result<(), ReadError> {
        self.0.iter().try_for_each(|(name, _)| recording.require(file, name).map(drop))
    }
}

impl FromStr for KindMap {
    type Err = String;

    /// Reads `P1=icp` or several of these with commas between; the last equals sign parts name and kind.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',')
            .filter(|pair| !pair.trim().is_empty())
            .map(|pair| {
                let (name, kind) = pair.rsplit_once('=').ok_or_else(|| {
                    format!("`{}` says no kind; allowed: NAME=KIND, such as P1=icp", pair.trim())
                })?;
                Ok((name.trim().to_owned(), kind.parse()?))
            })
            .collect::<Result<_, String>>()
            .map(KindMap)
    }
}

impl Extend<(String, Kind)> for KindMap {
    fn extend<T: IntoIterator<Item = (String, Kind)>>(&mut self, pairs: T) {
        self.0.extend(pairs);
    }
}

impl fmt::Display for KindMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<_> = self.0.iter().map(|(name, kind)| format!("{name}={kind}")).collect();
        f.write_str(&pairs.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_says_goes_before_any_guess() {
        let map: KindMap = "P1=icp, icp=other".parse().unwrap();
        let channel = |name: &str| Channel::new(name, "mmHg", 0.0, 100.0, vec![]);
        assert_eq!(map.kind_of(&channel("P1")).kind, Kind::IntracranialPressure);
        assert_eq!(map.kind_of(&channel("icp")).kind, Kind::Other);
        assert_eq!(map.kind_of(&channel("abp")).kind, Kind::ArterialPressure);
        assert_eq!(map.to_string(), "P1=icp,icp=other");
        let recording = Recording { channels: vec![channel("P1a")], ..Recording::default() };
        let told = map.check("bed.csv", &recording).unwrap_err().to_string();
        assert!(told.contains("no channel is called `P1`") && told.contains("did you mean `P1a`"), "{told}");
        assert_eq!(map.channels_of(&recording, Kind::Other).count(), 1);
    }

    #[test]
    fn a_label_tells_where_a_name_does_not() {
        let mut channel = Channel::new("chamber.pressure", "mmHg", 0.0, 100.0, vec![]);
        channel.label = "Intracranial pressure".to_owned();
        assert_eq!(KindMap::default().kind_of(&channel).kind, Kind::IntracranialPressure);
    }

    #[test]
    fn a_kind_that_is_unknown_or_missing_is_refused() {
        assert!("P1".parse::<KindMap>().unwrap_err().contains("says no kind"));
        assert!("P1=icpp".parse::<KindMap>().unwrap_err().contains("did you mean `icp`"));
    }
}

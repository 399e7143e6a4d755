//! Names that occur once.

use std::collections::HashSet;

use crate::types::Channel;

/// Gives channels whose name is taken already a number behind it: `ecg`, `ecg.2`. Labels stay as they were.
pub(crate) fn tell_apart(channels: &mut [Channel]) {
    let mut taken = HashSet::new();
    for channel in channels {
        if !taken.insert(channel.name.clone()) {
            let bare = channel.name.clone();
            let free = (2..).map(|number| format!("{bare}.{number}")).find(|name| !taken.contains(name));
            channel.name = free.unwrap_or(bare);
            taken.insert(channel.name.clone());
        }
    }
}

//! The signals of one file that have the same skew, read by frames.

use std::io;

use super::checks::Check;
use super::files::Files;
use super::flac::Flac;
use super::format::Format;
use super::plain::Plain;
use super::signal::Signal;

/// An open signal file.
pub(super) struct Stream {
    codes: Codes,
    /// Samples in one frame of the file.
    per_frame: u64,
    /// Frames of the file that precede the record's first one.
    skew: u64,
    members: Vec<Member>,
    buffer: Vec<i32>,
}

enum Codes {
    Plain(Plain),
    Flac(Flac),
}

/// One signal and where in a frame it stands.
struct Member {
    /// Its place in the header.
    index: usize,
    first: usize,
    each: usize,
    gain: f64,
    baseline: f64,
    lowest: Option<i32>,
    check: Check,
}

impl Stream {
    /// Opens the file of `all` signals (with their places in the header) for those with this skew.
    pub(super) fn open(
        files: &dyn Files,
        format: Format,
        all: &[(usize, &Signal)],
        skew: u64,
        per_frame: u64,
    ) -> io::Result<Stream> {
        let lead = all[0].1;
        let codes = match format {
            Format::Flac(bits) => {
                Codes::Flac(Flac::open(files, &lead.file, lead.offset, bits, all.len(), lead.per_frame)?)
            }
            _ => {
                let signals: Vec<(u64, i32)> = all
                    .iter()
                    .map(|(_, s)| (s.per_frame, s.first.and_then(|f| f.try_into().ok()).unwrap_or(s.zero)))
                    .collect();
                Codes::Plain(Plain::open(files.open(&lead.file)?, format, lead.offset, &signals, per_frame)?)
            }
        };
        let mut first = 0u64;
        let mut members = Vec::new();
        for (index, signal) in all {
            if signal.skew == skew {
                members.push(Member {
                    index: *index,
                    first: first as usize,
                    each: signal.per_frame as usize,
                    gain: signal.gain,
                    baseline: signal.baseline,
                    lowest: format.lowest(),
                    check: Check::default(),
                });
            }
            first += signal.per_frame;
        }
        Ok(Stream { codes, per_frame, skew, members, buffer: Vec::new() })
    }

    /// Whole frames in the file; none if it does not say.
    pub(super) fn frames(&self) -> Option<u64> {
        match &self.codes {
            Codes::Plain(plain) => Some(plain.frames),
            Codes::Flac(flac) => flac.frames,
        }
    }

    /// Appends the physical values of `count` frames of the record, from frame `from`, to the lists of its
    /// signals; NaN where the file has ended. `total` are the frames of the record, which its checksum covers.
    pub(super) fn read(
        &mut self,
        files: &dyn Files,
        from: u64,
        count: u64,
        total: u64,
        out: &mut [Vec<f64>],
    ) -> io::Result<()> {
        let held = self.frames().unwrap_or(total.saturating_add(self.skew));
        if from == 0 && self.skew > 0 {
            // The sum begins with what precedes the record.
            self.through(files, 0, self.skew.min(total).min(held), total, None)?;
        }
        let start = from.saturating_add(self.skew).min(held);
        let end = from.saturating_add(self.skew).saturating_add(count).min(held);
        self.through(files, start, end, total, Some(&mut *out))?;
        for member in &self.members {
            let missing = (count - (end - start)) as usize * member.each;
            let values = &mut out[member.index];
            values.resize(values.len() + missing, f64::NAN);
        }
        Ok(())
    }

    /// Goes through frames of the file, for the check and for `out` if there is one.
    fn through(
        &mut self,
        files: &dyn Files,
        mut from: u64,
        end: u64,
        total: u64,
        mut out: Option<&mut [Vec<f64>]>,
    ) -> io::Result<()> {
        while from < end {
            self.buffer.clear();
            let frames = match &mut self.codes {
                Codes::Plain(plain) => plain.read(from, end - from, &mut self.buffer)?,
                Codes::Flac(flac) => flac.read(files, from, end - from, &mut self.buffer)?,
            };
            let checked = frames.min(total.saturating_sub(from));
            for member in &mut self.members {
                let own = member.first..member.first + member.each;
                let codes = || {
                    self.buffer.chunks_exact(self.per_frame as usize).flat_map(|frame| &frame[own.clone()])
                };
                let counted = codes().copied().take(checked as usize * member.each);
                member.check.add(from, checked, counted);
                if let Some(out) = &mut out {
                    let (lowest, gain, baseline) = (member.lowest, member.gain, member.baseline);
                    out[member.index].extend(codes().map(|code| match Some(*code) == lowest {
                        true => f64::NAN,
                        false => (f64::from(*code) - baseline) / gain,
                    }));
                }
            }
            from += frames;
        }
        Ok(())
    }

    /// What of the header's sums and first values differs from the file.
    pub(super) fn told(&self, signals: &[Signal], names: &[String], total: u64) -> Vec<(String, String)> {
        self.members
            .iter()
            .flat_map(|m| m.check.told(&names[m.index], &signals[m.index], total, m.lowest))
            .collect()
    }
}

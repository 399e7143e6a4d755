//! The given inputs of all lanes, with the breaks that each lane has passed.

use crate::driver::Driver;

/// Drivers by lane and how far each lane has come.
#[derive(Clone, Debug)]
pub(crate) struct GivenInputs {
    lanes: Vec<Lane>,
}

#[derive(Clone, Debug)]
struct Lane {
    /// In the order of the program's.
    drivers: Vec<Driver>,
    /// Breaks in order of time: time, driver.
    breaks: Vec<(f64, usize)>,
    /// How many breaks are behind.
    passed: usize,
    /// Of each driver.
    driver_passed: Vec<usize>,
}

impl GivenInputs {
    /// The drivers of each lane; what lies before time zero is passed.
    pub fn new(lanes: Vec<Vec<Driver>>) -> Self {
        let lanes = lanes.into_iter().map(Lane::new).collect();
        let mut given = GivenInputs { lanes };
        for lane in 0..given.lanes.len() {
            while given.next_break(lane) <= 0.0 {
                given.pass_break(lane);
            }
        }
        given
    }

    /// Value and slope of a driver.
    #[inline(always)]
    pub fn at(&self, lane: usize, driver: usize, time: f64) -> (f64, f64) {
        let lane = &self.lanes[lane];
        lane.drivers[driver].at(time, lane.driver_passed[driver])
    }

    /// The time of the next break of a lane, infinity where there is none.
    pub fn next_break(&self, lane: usize) -> f64 {
        let lane = &self.lanes[lane];
        lane.breaks.get(lane.passed).map_or(f64::INFINITY, |next| next.0)
    }

    /// Passes all breaks at the time of the next one.
    pub fn pass_break(&mut self, lane: usize) {
        let time = self.next_break(lane);
        let lane = &mut self.lanes[lane];
        while let Some(&(at, driver)) = lane.breaks.get(lane.passed) {
            if at > time {
                break;
            }
            lane.driver_passed[driver] += 1;
            lane.passed += 1;
        }
    }

    /// How many breaks of a lane are behind.
    pub fn passed(&self, lane: usize) -> usize {
        self.lanes[lane].passed
    }

    /// Goes to where so many breaks are behind.
    pub fn set_passed(&mut self, lane: usize, passed: usize) {
        let lane = &mut self.lanes[lane];
        lane.passed = passed.min(lane.breaks.len());
        lane.driver_passed.fill(0);
        for &(_, driver) in &lane.breaks[..lane.passed] {
            lane.driver_passed[driver] += 1;
        }
    }
}

impl Lane {
    fn new(drivers: Vec<Driver>) -> Self {
        let numbered = drivers.iter().enumerate();
        let mut breaks: Vec<(f64, usize)> = numbered
            .flat_map(|(index, driver)| driver.breaks().into_iter().map(move |time| (time, index)))
            .collect();
        breaks.sort_by(|a, b| a.0.total_cmp(&b.0));
        Lane { driver_passed: vec![0; drivers.len()], drivers, breaks, passed: 0 }
    }
}

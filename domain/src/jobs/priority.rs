//! Priorities, as numbers of the queue and back.

use api::job::JobPriority;

pub(super) const fn number_of(priority: JobPriority) -> u32 {
    match priority {
        JobPriority::Low => 0,
        JobPriority::Normal => 10,
        JobPriority::High => 20,
    }
}

pub(super) const fn of_number(number: u32) -> JobPriority {
    match number {
        20.. => JobPriority::High,
        // Jobs of before there were priorities have 0, and did not ask to be last; they have ended long since.
        0..10 => JobPriority::Low,
        _ => JobPriority::Normal,
    }
}

mod suspend;
mod system;

pub use system::SystemClock;

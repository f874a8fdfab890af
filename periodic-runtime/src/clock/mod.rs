mod system;

pub use system::SystemClock;

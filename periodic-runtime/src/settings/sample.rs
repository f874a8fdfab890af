use periodic_core::PeriodicManager;
use periodic_core::table::TableError;

/// shape
pub fn sample<M: PeriodicManager + ?Sized>(_manager: &M) -> Result<String, TableError> {
    Ok(String::new())
}

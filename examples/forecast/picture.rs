//! The requested forecasts, and their picture.

use std::error::Error;

use periodic::forecast::{Forecast, Picture};

use super::service::SERVICES;

/// The default horizon.
pub(crate) const HORIZON: &str = "2h";

/// Returns the forecasts of one service, or of all.
pub(crate) fn forecasts(only: Option<&str>, horizon: &str) -> Result<Vec<Forecast>, Box<dyn Error>> {
    let wanted = SERVICES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name));
    let mut forecasts = Vec::new();
    for (_, make) in wanted {
        forecasts.extend(make(horizon)?);
    }
    if forecasts.is_empty() {
        let names: Vec<&str> = SERVICES.iter().map(|(name, _)| *name).collect();
        return Err(format!("unknown service; expected one of {}", names.join(", ")).into());
    }
    Ok(forecasts)
}

/// Draws all of them below each other, on one scale.
pub(crate) fn of(forecasts: &[Forecast]) -> String {
    let picture = Picture::new("Load before and after spreading");
    forecasts.iter().fold(picture, Picture::panel).to_svg()
}

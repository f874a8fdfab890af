use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::counts::Counts;
use super::{
    backoff, calendar, down_time, dynamic_idle, fixed_interval_idle, futurist_next_run, is_up,
    nearest_boundary, nova_compute, oslo_traces, retry, stories, vector,
};

/// Replays one file: traces, tables of small vectors, or a list of stories.
pub(super) fn replay(document: &Value) -> Result<Counts, String> {
    if document.as_array().is_some_and(|stories| !stories.is_empty()) {
        let stories = Vec::deserialize(document).map_err(|error| format!("stories: {error}"))?;
        return stories::replay(&stories);
    }
    let format = &document["format"];
    if format.as_u64() != Some(1) {
        return Err(format!("`format` is {format}, and only 1 is known"));
    }
    if document.get("traces").is_some() {
        return oslo_traces::replay(&rows("traces", document)?);
    }
    let mut counts = Counts::default();
    // An entry that is no array names the source of the vectors.
    let tables = document.as_object().into_iter().flatten().filter(|(_, value)| value.is_array());
    for (name, _) in tables.clone() {
        counts += table(name, document)?;
    }
    if tables.count() == 0 { Err("holds neither traces nor tables".into()) } else { Ok(counts) }
}

fn table(name: &str, document: &Value) -> Result<Counts, String> {
    match name {
        "calendar" => calendar::replay(&rows(name, document)?),
        "nearest_boundary" => nearest_boundary::replay(&rows(name, document)?),
        "fixed_interval_idle" => vector::replay::<fixed_interval_idle::Row>(&rows(name, document)?),
        "dynamic_idle" => vector::replay::<dynamic_idle::Row>(&rows(name, document)?),
        "backoff" => vector::replay::<backoff::Row>(&rows(name, document)?),
        "down_time_adjust" => vector::replay::<down_time::Row>(&rows(name, document)?),
        "retry" => vector::replay::<retry::Row>(&rows(name, document)?),
        "futurist_next_run" => vector::replay::<futurist_next_run::Row>(&rows(name, document)?),
        "is_up" => vector::replay::<is_up::Row>(&rows(name, document)?),
        // Read together, because the passes are those of the table.
        "nova_compute_table" => {
            nova_compute::replay(&rows(name, document)?, &rows("nova_compute_passes", document)?)
        }
        "nova_compute_passes" if document["nova_compute_table"].is_array() => Ok(Counts::default()),
        _ => Err(format!("the table `{name}` is not known")),
    }
}

fn rows<T: DeserializeOwned>(name: &str, document: &Value) -> Result<Vec<T>, String> {
    Vec::deserialize(&document[name]).map_err(|error| format!("{name}: {error}"))
}

//! Upkeep of rows that needs no guest.

use std::time::Duration;

use periodic::time::Timestamp;

use super::{Database, integer, seconds};

impl Database {
    pub(crate) fn confirm_resizes(&self, window: Duration) -> anyhow::Result<Vec<String>> {
        self.names(
            "UPDATE migrations SET status = 'confirmed', changed_at = unixepoch()
             WHERE status = 'finished' AND changed_at <= unixepoch() - ?1 RETURNING instance",
            [seconds(window)],
        )
    }

    /// Fails migrations of instances that have been deleted meanwhile.
    pub(crate) fn fail_orphaned_migrations(&self) -> anyhow::Result<Vec<String>> {
        self.names(
            "UPDATE migrations SET status = 'failed', changed_at = unixepoch()
             WHERE status NOT IN ('confirmed', 'failed')
               AND instance IN (SELECT name FROM instances WHERE vm_state = 'deleted') RETURNING instance",
            [],
        )
    }

    /// Removes the rows of other tables about deleted instances whose guests are gone.
    pub(crate) fn remove_leftovers(&self) -> anyhow::Result<Vec<String>> {
        for table in ["info_cache", "volume_usage", "console_auth_tokens"] {
            self.execute(
                &format!(
                    "DELETE FROM {table} WHERE instance IN
                         (SELECT name FROM instances WHERE vm_state = 'deleted' AND power_state = 'shutdown')"
                ),
                [],
            )?;
        }
        // Last, so that after an earlier failure the next run repeats the instance.
        self.names(
            "UPDATE instances SET cleaned = 1
             WHERE vm_state = 'deleted' AND power_state = 'shutdown' AND cleaned = 0 RETURNING name",
            [],
        )
    }

    pub(crate) fn remove_expired_tokens(&self) -> anyhow::Result<usize> {
        self.execute("DELETE FROM console_auth_tokens WHERE expires_at <= unixepoch()", [])
    }

    /// Marks the images that instances use, and removes those that none has used for `unused`.
    pub(crate) fn trim_image_cache(&self, unused: Duration) -> anyhow::Result<Vec<String>> {
        self.execute(
            "INSERT INTO image_cache (image, last_used_at)
             SELECT DISTINCT image, unixepoch() FROM instances WHERE vm_state != 'deleted'
             ON CONFLICT (image) DO UPDATE SET last_used_at = excluded.last_used_at",
            [],
        )?;
        self.names(
            "DELETE FROM image_cache WHERE last_used_at <= unixepoch() - ?1 RETURNING image",
            [seconds(unused)],
        )
    }

    /// Refreshes the oldest network information.
    pub(crate) fn heal_oldest_info(&self) -> anyhow::Result<Vec<String>> {
        self.names(
            "UPDATE info_cache SET refreshed_at = unixepoch()
             WHERE instance = (SELECT instance FROM info_cache ORDER BY refreshed_at LIMIT 1)
             RETURNING instance",
            [],
        )
    }

    /// Records the number of instances that ran in a period; `false` if that is already recorded.
    pub(crate) fn log_usage(
        &self,
        start: Timestamp,
        end: Timestamp,
        instances: usize,
    ) -> anyhow::Result<bool> {
        let logged = self.execute(
            "INSERT OR IGNORE INTO task_log (task, period_start, period_end, instances)
             VALUES ('instance_usage_audit', ?1, ?2, ?3)",
            (start.to_string(), end.to_string(), integer(instances)),
        )?;
        Ok(logged > 0)
    }
}

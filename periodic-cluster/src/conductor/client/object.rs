use std::time::Duration;

use super::Client;
use crate::MembershipError;
use crate::conductor::wire::{Failed, ObjectAnswer, ObjectCall, path};

/// A little longer than the conductor's own bound for a method, so that the conductor reports it.
const BOUND: Duration = Duration::from_secs(65);

impl Client {
    pub(crate) async fn object(
        &self,
        call: &ObjectCall,
    ) -> Result<Result<ObjectAnswer, Failed>, MembershipError> {
        self.call(path::OBJECT, call, BOUND).await
    }
}

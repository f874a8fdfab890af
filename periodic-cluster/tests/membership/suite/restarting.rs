use periodic_runtime::service::Registry;

use crate::fixture::{Fixture, compute, is_up, until};

/// A service that continues to beat is up again, whether the store has kept its record or not.
pub(crate) async fn the_store_comes_back<F: Fixture>(store: F) {
    let (group, watching) = (store.group().await, store.group().await);
    let service = compute("node-1");
    Registry::record(&group, &service).await.unwrap();
    group.join(&service).await.unwrap();
    let before = watching.members().await.unwrap()[0].created_at;
    if !store.restart().await {
        return;
    }
    until("a heartbeat gets through", async || group.beat(&service).await.is_ok()).await;
    until("the member is up", async || is_up(&watching, "node-1").await).await;
    let member = &watching.members().await.unwrap()[0];
    if watching.capabilities().durable {
        assert_eq!(member.created_at, before, "its record is the one of before");
    }
}

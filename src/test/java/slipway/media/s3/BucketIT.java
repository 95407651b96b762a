package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Relay;
import slipway.harness.Server;
import slipway.harness.TestBuckets;

/** The service with its files in a bucket: from the token to the end of a photo. */
@Tag("faults") // Servers that share a database do most of it in any run.
class BucketIT {
  private static Server.Builder with(Container container, BucketAddress bucket) {
    Server.Builder server =
        Server.on(container).withRenditions().setting("slipway.media.redirect", "true");
    TestBuckets.settings(bucket).forEach(server::setting);
    return server;
  }

  @ParameterizedTest
  @AnyContainer
  void keepsServesAndDeletesFiles(Container container) {
    try (Relay relay = new Relay(TestBuckets.port())) {
      BucketAddress bucket = TestBuckets.newBucket(relay.port());
      try (Server server = with(container, bucket).start()) {
        hasRenditions(server, BucketSteps.servesWhatItKept(server, server), bucket);
        BucketSteps.takesPieces(server);
        BucketSteps.sendsOn(server);
        BucketSteps.refusesWhileTheStoreIsAway(server, relay::cut, relay::mend);
        deletesAll(server, bucket);
      }
    }
  }

  private static void hasRenditions(Server server, String original, BucketAddress bucket) {
    ApiClient visitor = ApiClient.of(server);
    Await.until("renditions", () -> TestBuckets.names(bucket).size() == 3);
    String small = original.replace("original", "small");
    Await.until(
        "a rendition",
        () -> visitor.get(small).header("Content-Type").equals(Optional.of("image/jpeg")));
    Await.until("loans given back", () -> BucketSteps.files(server).isEmpty());
  }

  private static void deletesAll(Server server, BucketAddress bucket) {
    ApiClient site = ApiClient.withKey(server);
    for (String id = last(site); !id.isEmpty(); id = last(site)) {
      assertThat(site.post("/api/photo/delete", Map.of("photo_id", id)).status()).isEqualTo(200);
    }
    // Renditions that were being made when their photo was deleted follow it.
    Await.until("an empty bucket", () -> TestBuckets.names(bucket).equals(List.of("identity")));
  }

  private static String last(ApiClient site) {
    return site.get("/api/photo/list?include_unpublished_p=1").xml("//photo[1]/@photo_id");
  }
}

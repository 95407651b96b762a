package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.Catalogue;

/** Those who ask for pictures by {@code photo/frame}, many at a time and slowly. */
class FrameReadersIT {
  private static final int READERS = 20;
  private static final int PICTURE_BYTES = 36 << 20;

  /** More than there may be new frames of videos in a minute. */
  private static final int MANY = 130;

  @Tag("faults")
  @ParameterizedTest
  @AnyContainer
  void takeNoMemoryForLargePicturesAndAreAsManyAsAGalleryNeeds(Container container)
      throws Exception {
    try (Server server = Server.on(container).withRenditions().jvm("-Xmx96m").start()) {
      JsonObject photo = new Catalogue(server).upload();
      String path =
          "/api/photo/frame?time=0&size=1280x1280&photo_id=%s&token=%s"
              .formatted(photo.get("photo_id").getAsString(), photo.get("token").getAsString());
      Await.until("the renditions", () -> ApiClient.of(server).get(path).status() == 200);
      enlarge(server.data().resolve("media"));
      List<RawConnection> readers = new ArrayList<>();
      try {
        for (int i = 0; i < READERS; i++) {
          RawConnection reader = RawConnection.to(server);
          readers.add(reader.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n\r\n"));
        }
        for (RawConnection reader : readers) {
          assertThat(reader.statusLine()).contains(" 200");
        }
      } finally {
        for (RawConnection reader : readers) {
          reader.reset();
        }
      }
      assertThat(ApiClient.of(server).get(path).body()).hasSize(PICTURE_BYTES);
      String small = path.replace("size=1280x1280", "size=100x100");
      for (int i = 0; i < MANY; i++) {
        assertThat(ApiClient.of(server).get(small).status()).isEqualTo(200);
      }
      assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }
  }

  private static void enlarge(Path media) throws IOException {
    try (Stream<Path> files = Files.walk(media)) {
      Path large = files.filter(file -> file.endsWith("large")).findFirst().orElseThrow();
      Files.write(large, Arrays.copyOf(SampleMedia.jpeg(20, 20), PICTURE_BYTES));
    }
  }
}

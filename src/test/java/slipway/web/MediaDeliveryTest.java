package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.HeaderRequest;
import slipway.media.Media;
import slipway.media.contract.MemoryMedia;
import slipway.net.EntityTag;

/** A file of a store elsewhere is read once, and only where its bytes are sent. */
class MediaDeliveryTest {
  private static final byte[] FILE = {1, 2, 3, 4};

  private final List<String> reads = new ArrayList<>();

  private final Media media =
      (Media)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Media.class},
              (proxy, method, arguments) -> {
                if (method.getName().matches("stream|copy|head")) {
                  reads.add(method.getName());
                }
                return method.invoke(new MemoryMedia(FILE, Instant.EPOCH), arguments);
              });

  private RecordedResponse sent(String prefix, String range) throws IOException {
    RecordedResponse recorded = new RecordedResponse();
    AccelRedirect accel = new AccelRedirect(prefix, Path.of("/data/media"), request -> true);
    new MediaDelivery(media, "image/jpeg", new EntityTag("v1"), false, "a.jpg", accel)
        .send(HeaderRequest.of("192.0.2.1", Map.of("Range", List.of(range))), recorded.response());
    return recorded;
  }

  @Test
  void isNotOpenedTwice() throws IOException {
    assertThat(sent(null, "bytes=1-2").body()).containsExactly(2, 3);
    assertThat(reads).containsExactly("copy");
  }

  @Test
  void isSentByTheServerThoughAProxyCouldSendLocalFiles() throws IOException {
    assertThat(sent("/m/", "bytes=0-").body()).isEqualTo(FILE);
    assertThat(reads).containsExactly("copy");
  }
}

package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.HeaderRequest;
import slipway.media.Media;
import slipway.media.contract.MemoryMedia;
import slipway.net.EntityTag;

/** Whatever a request for a file says about ranges and versions, it gets bytes as it was told. */
class MediaDeliveryFuzzTest {
  private static final byte[] FILE = new byte[1000];
  private static final Pattern PART = Pattern.compile("bytes (\\d+)-(\\d+)/1000");

  static {
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) (i * 7 + i / 256);
    }
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("bytes=0-0", "", "", "a.jpg"),
        Arguments.of("bytes=0-", "\"v1\"", "", "a \"b\" æ.jpg"),
        Arguments.of("bytes=-1", "\"v2\"", "", "a\r\nX: y"),
        Arguments.of("bytes=5-4", "", "\"v1\"", ""),
        Arguments.of("bytes=1000-", "", "W/\"v1\", *", "*'()"),
        Arguments.of("bytes=999999999999999999-999999999999999999", "", ",,", "\u0000"),
        Arguments.of("bytes=0-1,3-4", "", "\"", "../../x"),
        Arguments.of("lines=1-2", "", "", "x"));
  }

  @MethodSource("headers")
  @FuzzTest(maxDuration = "120s")
  void getsTheBytesItIsToldItGets(
      @NotNull String range,
      @NotNull String ifRange,
      @NotNull String ifNoneMatch,
      @NotNull String filename)
      throws IOException {
    Media media = new MemoryMedia(FILE, Instant.EPOCH);
    RecordedResponse recorded = new RecordedResponse();
    AccelRedirect none = new AccelRedirect(null, null, request -> false);
    new MediaDelivery(media, "image/jpeg", new EntityTag("v1"), false, filename, none)
        .send(
            HeaderRequest.of(
                "192.0.2.1",
                Map.of(
                    "Range", List.of(range),
                    "If-Range", ifRange.isEmpty() ? List.of() : List.of(ifRange),
                    "If-None-Match", ifNoneMatch.isEmpty() ? List.of() : List.of(ifNoneMatch))),
            recorded.response());
    byte[] body = recorded.body();
    String said = recorded.header("Content-Range");
    switch (recorded.status()) {
      case 200 -> assertThat(body).isEqualTo(FILE);
      case 206 -> {
        Matcher part = PART.matcher(said);
        assertThat(part.matches()).as(said).isTrue();
        int first = Integer.parseInt(part.group(1));
        int last = Integer.parseInt(part.group(2));
        assertThat(body).isEqualTo(Arrays.copyOfRange(FILE, first, last + 1));
      }
      case 304 -> assertThat(ifNoneMatch).containsAnyOf("*", "\"v1\"");
      case 416 -> assertThat(said).isEqualTo("bytes */1000");
      default -> throw new AssertionError("status " + recorded.status());
    }
    if (recorded.status() == 200 || recorded.status() == 206) {
      assertThat(recorded.header("Content-Length")).isEqualTo(Integer.toString(body.length));
    } else {
      assertThat(body).isEmpty();
    }
    assertThat(recorded.header("Content-Disposition"))
        .matches("inline; filename\\*=UTF-8''[A-Za-z0-9._%-]*");
  }
}

package slipway.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, they are read or refused as malformed. {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=MultipartFuzzTest} looks for more inputs.
 */
class MultipartFuzzTest {
  private static final MultipartReader.Limits LIMITS =
      new MultipartReader.Limits(50, 1024, 4096, 64 * 1024);

  static Stream<Arguments> bodies() {
    String head = "--b\r\nContent-Disposition: form-data; name=\"a\"";
    return Stream.of(
            "",
            "--b--",
            "--b",
            head + "\r\n\r\nx\r\n--b--\r\n",
            head + "; filename=\"f\"\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--",
            head + "; filename*=UTF-8''%e2%82%ac\r\n\r\n\r\n--b--",
            head + "\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nx\r\n--b--",
            head + "\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--",
            head + "\n\nx\n--b--\n",
            "--b\r\n\r\n\r\n--b--",
            "--b\r\nContent-Disposition: =?UTF-8?B?!?=\r\n\r\n--b--")
        .map(body -> Arguments.of((Object) body.getBytes(UTF_8)));
  }

  @MethodSource("bodies")
  @FuzzTest(maxDuration = "60s")
  void readsOrRefusesAnyBody(byte[] body) throws IOException {
    BodyRequest request =
        new BodyRequest("multipart/form-data; boundary=b", new ByteArrayInputStream(body));
    try {
      MultipartReader reader = new MultipartReader(request, LIMITS);
      for (Part part = reader.next(); part != null; part = reader.next()) {
        part.text();
      }
    } catch (MultipartException e) {
      // Refused in words.
    }
  }
}

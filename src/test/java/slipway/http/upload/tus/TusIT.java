package slipway.http.upload.tus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Receiver;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

@ParameterizedClass
@EnumSource(Container.class)
class TusIT {
  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(100, 80);
  private TusClient tus;

  @BeforeEach
  void client() {
    tus = new TusClient(Server.shared(container));
  }

  private byte[] bytes(int from, int to) {
    return Arrays.copyOfRange(jpeg, from, to);
  }

  /** What a big file brings of its form gets to the site as that of a small one does. */
  @Test
  void repeatsTheFieldsOfAFormAlsoInTheBackground() throws Exception {
    try (Receiver site = new Receiver()) {
      String token = tus.token("return_url", site.url("/back"), "background_return_p", "1");
      String metadata =
          TusClient.metadata(token)
              + ",form_fields "
              + TusClient.base64("caption=Bl%C3%A5+%26+gr%C3%B8n&photo_id=forged");
      Answer created =
          tus.send(
              "POST",
              "/files/",
              "Upload-Length",
              Integer.toString(jpeg.length),
              "Upload-Metadata",
              metadata);
      assertThat(tus.patch(TusClient.path(created), 0, jpeg).status()).isEqualTo(204);
      assertThat(site.next().uri())
          .contains("caption=Bl%C3%A5+%26+gr%C3%B8n&")
          .containsOnlyOnce("photo_id=")
          .doesNotContain("forged");
    }
  }

  @Test
  void saysWhatItCanDo() {
    Answer answer =
        ApiClient.of(Server.shared(container))
            .send(
                ApiClient.of(Server.shared(container))
                    .request("/files/")
                    .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Tus-Version")).contains("1.0.0");
    assertThat(answer.header("Tus-Extension").orElseThrow())
        .contains("creation-with-upload", "concatenation", "checksum", "expiration");
    assertThat(answer.header("Tus-Max-Size")).isPresent();
    assertThat(answer.header("Tus-Checksum-Algorithm").orElseThrow()).contains("sha1");
  }

  @Test
  void receivesAFileInPieces() {
    String token = tus.token();
    String path = tus.created(token, jpeg.length);
    assertThat(path).matches("/files/[0-9a-f]{32}").doesNotContain(token);
    assertThat(tus.offset(path)).isZero();
    Answer first = tus.patch(path, 0, bytes(0, 1000));
    assertThat(first.status()).as(first.text()).isEqualTo(204);
    assertThat(first.header("Upload-Offset")).contains("1000");
    assertThat(first.header("Upload-Expires")).isPresent();
    assertThat(tus.offset(path)).isEqualTo(1000);
    Answer last = tus.patch(path, 1000, bytes(1000, jpeg.length));
    assertThat(last.status()).as(last.text()).isEqualTo(204);
    assertThat(last.header("Upload-Offset")).contains(Integer.toString(jpeg.length));
    assertThat(tus.original(path)).isEqualTo(jpeg);
    assertThat(
            tus.send("GET", path)
                .json()
                .getAsJsonObject("upload")
                .get("callback_url")
                .getAsString())
        .contains("upload_token=" + token)
        .doesNotContain("filename");
  }

  @Test
  void tellsWhoHasItsAddressNoSecret() {
    String token = tus.token();
    String metadata =
        String.join(
            ",",
            "upload_token " + TusClient.base64(token),
            "replace_token " + TusClient.base64("hidden"),
            "ticket " + TusClient.base64("7"),
            "form_fields " + TusClient.base64("a=b&upload_token=hidden&oauth_token=hidden"));
    Answer created =
        tus.send(
            "POST",
            "/files/",
            jpeg,
            "Content-Type",
            "application/offset+octet-stream",
            "Upload-Length",
            Integer.toString(jpeg.length),
            "Upload-Metadata",
            metadata);
    String path = TusClient.path(created);
    assertThat(tus.send("HEAD", path).header("Upload-Metadata"))
        .contains("ticket " + TusClient.base64("7") + ",form_fields " + TusClient.base64("a=b"));
    assertThat(tus.send("GET", path).text()).contains("ticket=7").doesNotContain("hidden");
  }

  @Test
  void givesTheRepeatedLastPieceTheSameAnswerAndNoSecondPhoto() {
    String path = tus.created(tus.token(), jpeg.length);
    tus.patch(path, 0, bytes(0, 1000));
    Answer last = tus.patch(path, 1000, bytes(1000, jpeg.length));
    String photo = tus.send("GET", path).text();
    Answer again = tus.patch(path, 1000, bytes(1000, jpeg.length));
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.header("Upload-Offset")).isEqualTo(last.header("Upload-Offset"));
    assertThat(tus.send("GET", path).text()).isEqualTo(photo);
    assertThat(tus.offset(path)).isEqualTo(jpeg.length);
    assertThat(tus.patch(path, 500, bytes(500, 600)).status()).isEqualTo(409);
  }

  @Test
  void takesTheWholeFileWithTheCreation() {
    Answer created =
        tus.send(
            "POST",
            "/files/",
            jpeg,
            "Upload-Length",
            Integer.toString(jpeg.length),
            "Authorization",
            "Bearer " + tus.token(),
            "Content-Type",
            "application/offset+octet-stream");
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.header("Upload-Offset")).contains(Integer.toString(jpeg.length));
    assertThat(tus.original(TusClient.path(created))).isEqualTo(jpeg);
  }

  /** Its client is given no address. */
  @Test
  void returnsTheUseOfACreationThatIsRefusedWithItsBytes() {
    String token = tus.token();
    assertThat(createdWith(token, jpeg.length, "sha1 AAAA").status()).isEqualTo(460);
    assertThat(createdWith(token, jpeg.length, "foo").status()).isEqualTo(400);
    assertThat(createdWith(token, jpeg.length - 1, null).status()).isEqualTo(400);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(201);
  }

  private Answer createdWith(String token, int length, String checksum) {
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Upload-Length",
                Integer.toString(length),
                "Upload-Metadata",
                TusClient.metadata(token),
                "Content-Type",
                "application/offset+octet-stream"));
    if (checksum != null) {
      headers.addAll(List.of("Upload-Checksum", checksum));
    }
    return tus.send("POST", "/files/", jpeg, headers.toArray(String[]::new));
  }

  @Test
  void neverTellsTheUploadTokenAgain() {
    String token = tus.token();
    Answer head = tus.send("HEAD", tus.created(token, jpeg.length));
    assertThat(head.header("Upload-Metadata"))
        .contains("filename " + TusClient.base64("cat 🐈.jpg"));
    assertThat(head.headers().map().toString())
        .doesNotContain(token)
        .doesNotContain(TusClient.base64(token));
    assertThat(head.header("Cache-Control")).contains("no-store");
  }

  @Test
  void reservesTheUseAtTheCreationAndReturnsItAtTheTermination() {
    String token = tus.token();
    String path = tus.created(token, jpeg.length);
    Answer second = tus.create(token, jpeg.length - 1);
    assertThat(second.status()).isEqualTo(503);
    assertThat(second.header("Retry-After")).isPresent();
    assertThat(second.json().get("code").getAsString()).isEqualTo("upload_in_progress");
    assertThat(tus.send("DELETE", path).status()).isEqualTo(204);
    assertThat(tus.send("HEAD", path).status()).isEqualTo(404);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(201);
  }

  /** As if the token had never been, but what is under way may end. */
  @Test
  void letsAnUploadEndWhoseTokenIsRevokedMeanwhile() {
    String token = tus.token("max_uploads", "2");
    String path = tus.created(token, jpeg.length);
    tus.patch(path, 0, bytes(0, 1000));
    revoke(token);
    assertThat(tus.offset(path)).isEqualTo(1000);
    Answer last = tus.patch(path, 1000, bytes(1000, jpeg.length));
    assertThat(last.status()).as(last.text()).isEqualTo(204);
    assertThat(tus.original(path)).isEqualTo(jpeg);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(404);
  }

  @Test
  void answersForAnUploadThatWasFinishedBeforeItsTokenWasRevoked() {
    String token = tus.token("max_uploads", "3");
    String path = tus.created(token, jpeg.length);
    tus.patch(path, 0, bytes(0, 1000));
    tus.patch(path, 1000, bytes(1000, jpeg.length));
    String photo = tus.send("GET", path).text();
    String part = tus.created(token, 1000, "Upload-Concat", "partial");
    tus.patch(part, 0, bytes(0, 1000));
    revoke(token);
    assertThat(tus.offset(path)).isEqualTo(jpeg.length);
    assertThat(tus.patch(path, 1000, bytes(1000, jpeg.length)).status()).isEqualTo(204);
    assertThat(tus.send("GET", path).text()).isEqualTo(photo);
    assertThat(tus.send("DELETE", path).status()).isEqualTo(403);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(404);
    assertThat(tus.create(token, 1000, "Upload-Concat", "partial").status()).isEqualTo(404);
    assertThat(tus.create(token, 1000, "Upload-Concat", "final;" + part).status()).isEqualTo(404);
  }

  private void revoke(String token) {
    Answer answer =
        ApiClient.withKey(Server.shared(container))
            .post("/api/upload-token/revoke", Map.of("upload_token", token));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static String[] deferred(String token) {
    return new String[] {"Upload-Defer-Length", "1", "Upload-Metadata", TusClient.metadata(token)};
  }

  @Test
  void takesAFileWhoseLengthIsSaidWithItsLastPiece() {
    String token = tus.token();
    byte[] file = SampleMedia.jpeg(300, 200);
    Answer created = tus.send("POST", "/files/", deferred(token));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = TusClient.path(created);
    assertThat(tus.patch(path, 0, Arrays.copyOf(file, 1000)).status()).isEqualTo(204);
    Answer head = tus.send("HEAD", path);
    assertThat(head.header("Upload-Defer-Length")).hasValue("1");
    assertThat(head.header("Upload-Length")).isEmpty();
    assertThat(head.header("Upload-Concat")).isEmpty();
    String length = Integer.toString(file.length);
    byte[] some = Arrays.copyOfRange(file, 1000, file.length - 10);
    assertThat(tus.patch(path, 1000, some, "Upload-Length", "999").status()).isEqualTo(400);
    assertThat(tus.patch(path, 1000, some, "Upload-Length", length).status()).isEqualTo(204);
    assertThat(tus.send("HEAD", path).header("Upload-Length")).hasValue(length);
    byte[] last = Arrays.copyOfRange(file, file.length - 10, file.length);
    assertThat(tus.patch(path, file.length - 10, last, "Upload-Length", "9999").status())
        .isEqualTo(400);
    assertThat(tus.patch(path, file.length - 10, last, "Upload-Length", length).status())
        .isEqualTo(204);
    assertThat(ApiClient.of(Server.shared(container)).get(tus.originalPath(path)).body())
        .isEqualTo(file);
  }

  /** As of a stream that ends where a piece does. */
  @Test
  void takesTheLengthOfAFileThatIsThere() {
    String token = tus.token();
    byte[] file = SampleMedia.jpeg(300, 200);
    String path = TusClient.path(tus.send("POST", "/files/", deferred(token)));
    assertThat(tus.patch(path, 0, file).status()).isEqualTo(204);
    assertThat(tus.offset(path)).isEqualTo(file.length);
    String length = Integer.toString(file.length);
    assertThat(tus.patch(path, file.length, new byte[0], "Upload-Length", length).status())
        .isEqualTo(204);
    assertThat(ApiClient.of(Server.shared(container)).get(tus.originalPath(path)).body())
        .isEqualTo(file);
  }

  @Test
  void boundsAFileWhoseLengthIsNotKnown() {
    String token = tus.token("max_bytes", "2000");
    byte[] file = SampleMedia.jpeg(300, 200);
    Answer both = tus.create(token, 10, "Upload-Defer-Length", "1");
    assertThat(both.status()).isEqualTo(400);
    Answer other =
        tus.send(
            "POST",
            "/files/",
            "Upload-Defer-Length",
            "0",
            "Upload-Metadata",
            TusClient.metadata(token));
    assertThat(other.status()).isEqualTo(400);
    String path = TusClient.path(tus.send("POST", "/files/", deferred(token)));
    assertThat(tus.patch(path, 0, Arrays.copyOf(file, 2001)).status()).isEqualTo(413);
    byte[] most = Arrays.copyOf(file, 2000);
    assertThat(tus.patch(path, 0, most).status()).isEqualTo(204);
    assertThat(tus.send("GET", path).status()).isEqualTo(404);
    assertThat(tus.patch(path, 2000, new byte[0], "Upload-Length", "2001").status()).isEqualTo(413);
    assertThat(tus.patch(path, 2000, new byte[0], "Upload-Length", "2000").status()).isEqualTo(204);
    assertThat(tus.send("GET", path).status()).isEqualTo(200);
  }

  @Test
  void keepsAFinishedUploadFromBeingTerminated() {
    String path = tus.created(tus.token(), jpeg.length);
    tus.patch(path, 0, jpeg);
    assertThat(tus.send("DELETE", path).status()).isEqualTo(403);
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  @Test
  void refusesWhatIsNotRightAndKeepsWhatItHas() {
    String path = tus.created(tus.token(), jpeg.length);
    tus.patch(path, 0, bytes(0, 100));
    assertThat(tus.patch(path, 50, bytes(50, 200)).status()).isEqualTo(409);
    assertThat(tus.patch(path, 100, jpeg).status()).isEqualTo(400);
    assertThat(tus.send("PATCH", path, jpeg, "Upload-Offset", "100").status()).isEqualTo(415);
    assertThat(tus.patch(path, 100, bytes(100, 200), "Upload-Checksum", "crc7 AAAA").status())
        .isEqualTo(400);
    assertThat(tus.send("HEAD", path, "Tus-Resumable", "0.2.0").status()).isEqualTo(412);
    assertThat(tus.offset(path)).isEqualTo(100);
    assertThat(tus.send("POST", "/files/", "Upload-Length", "10").status()).isEqualTo(400);
    assertThat(tus.create(tus.token(), 1L << 40).status()).isEqualTo(413);
    assertThat(tus.create(tus.token(), 0).status()).isEqualTo(400);
    assertThat(tus.create("no-token", 10).status()).isEqualTo(404);
    assertThat(tus.send("HEAD", "/files/" + "0".repeat(32)).status()).isEqualTo(404);
    assertThat(tus.send("HEAD", "/files/..%2Fslipway.db").status()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void refusesAFileThatIsNoPictureByItsFirstBytesAndReturnsTheUse() {
    String token = tus.token();
    byte[] page = "<!DOCTYPE html><script>alert(1)</script>".repeat(5000).getBytes(UTF_8);
    String path = tus.created(token, page.length + 1_000_000L);
    Answer refused = tus.patch(path, 0, page);
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().get("code").getAsString()).isEqualTo("error_processing_upload");
    assertThat(tus.send("HEAD", path).status()).isEqualTo(404);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(201);
  }

  @Test
  void discardsAPieceWhoseChecksumIsWrong() throws Exception {
    String path = tus.created(tus.token(), jpeg.length);
    byte[] piece = bytes(0, 2000);
    String sum =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(piece));
    assertThat(tus.patch(path, 0, bytes(1, 2001), "Upload-Checksum", "sha1 " + sum).status())
        .isEqualTo(460);
    assertThat(tus.offset(path)).isZero();
    assertThat(tus.patch(path, 0, piece, "Upload-Checksum", "sha1 " + sum).status()).isEqualTo(204);
    tus.patch(path, 2000, bytes(2000, jpeg.length));
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  @Test
  void putsPartsTogetherForOneUse() {
    String token = tus.token();
    String one = tus.created(token, 3000, "Upload-Concat", "partial");
    String two = tus.created(token, jpeg.length - 3000, "Upload-Concat", "partial");
    tus.patch(two, 0, bytes(3000, jpeg.length));
    String parts = "final;" + one + " " + two;
    Answer early =
        tus.send(
            "POST",
            "/files/",
            "Upload-Concat",
            parts,
            "Upload-Metadata",
            TusClient.metadata(token));
    assertThat(early.status()).isEqualTo(400);
    tus.patch(one, 0, bytes(0, 3000));
    Answer whole =
        tus.send(
            "POST",
            "/files/",
            "Upload-Concat",
            parts,
            "Upload-Metadata",
            TusClient.metadata(token));
    assertThat(whole.status()).as(whole.text()).isEqualTo(201);
    String path = TusClient.path(whole);
    assertThat(tus.original(path)).isEqualTo(jpeg);
    assertThat(tus.send("HEAD", path).header("Upload-Concat")).contains(parts);
    assertThat(tus.patch(path, jpeg.length, new byte[0]).status()).isEqualTo(403);
    assertThat(tus.create(token, jpeg.length).status()).isEqualTo(404);
  }

  /** A hundred times one part would be a hundred times its bytes, before their type is known. */
  @Test
  void putsEachPartTogetherOnce() {
    String token = tus.token();
    String part = tus.created(token, 100, "Upload-Concat", "partial");
    tus.patch(part, 0, bytes(0, 100));
    for (String parts : List.of(part + " " + part, (part + " ").repeat(100).strip())) {
      Answer refused = tus.concatenated(token, parts);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("Upload-Concat").contains("twice");
    }
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "/files/" + "%032x".formatted(i))
            .collect(Collectors.joining(" "));
    assertThat(tus.concatenated(token, many).text())
        .contains("Upload-Concat")
        .contains("100 parts");
    assertThat(tus.offset(part)).isEqualTo(100);
  }

  @Test
  void goesOnAfterTheNetworkWasCutInMidPiece() throws IOException {
    String path = tus.created(tus.token(), jpeg.length);
    try (RawConnection dead = RawConnection.to(Server.shared(container));
        RawConnection silent = RawConnection.to(Server.shared(container))) {
      dead.send(patchHead(path, 0, jpeg.length)).send(bytes(0, 2345));
      awaitFile(2345);
      dead.reset();
      int offset = (int) tus.offset(path);
      assertThat(offset).isEqualTo(2345);
      // This one stays open, as a network that was lost leaves it; HEAD takes over from it.
      silent.send(patchHead(path, offset, jpeg.length - offset));
      silent.send(bytes(offset, offset + 2222));
      awaitFile(offset + 2222);
      assertThat(tus.patch(path, offset, bytes(offset, jpeg.length)).status()).isEqualTo(423);
      offset = (int) tus.offset(path);
      assertThat(offset).isEqualTo(2345 + 2222);
      assertThat(tus.patch(path, offset, bytes(offset, jpeg.length)).status()).isEqualTo(204);
    }
    assertThat(tus.original(path)).isEqualTo(jpeg);
  }

  /** Waits until an upload's file has that size, which no other test's has. */
  private void awaitFile(long size) throws IOException {
    Path incoming = Server.shared(container).data().resolve("media/incoming");
    boolean seen = false;
    for (int i = 0; i < 500 && !seen; i++) {
      LockSupport.parkNanos(20_000_000);
      try (Stream<Path> files = Files.list(incoming)) {
        seen = files.anyMatch(file -> file.toFile().length() == size);
      }
    }
    assertThat(seen).isTrue();
  }

  private static String patchHead(String path, long offset, int length) {
    return "PATCH "
        + path
        + " HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: "
        + offset
        + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  void letsPagesOfEveryOriginIn() {
    String path = tus.created(tus.token(), jpeg.length, "Origin", "https://a.test");
    Answer preflight =
        tus.send(
            "OPTIONS", path, "Origin", "https://a.test", "Access-Control-Request-Method", "PATCH");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("*, Authorization");
    assertThat(preflight.header("Access-Control-Allow-Methods").orElseThrow()).contains("PATCH");
    Answer head = tus.send("HEAD", path, "Origin", "https://a.test");
    assertThat(head.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(head.header("Access-Control-Expose-Headers").orElseThrow())
        .containsPattern(Pattern.compile("Location.*Upload-Offset"));
  }

  @Test
  void keepsToTheOriginOfTheToken() {
    String token = tus.token("allowed_origin", "https://a.test");
    assertThat(tus.create(token, jpeg.length, "Origin", "https://b.test").status()).isEqualTo(403);
    String path = tus.created(token, jpeg.length, "Origin", "https://a.test");
    assertThat(tus.send("HEAD", path, "Origin", "https://b.test").status()).isEqualTo(403);
    assertThat(tus.send("HEAD", path, "Origin", "https://a.test").status()).isEqualTo(200);
  }
}

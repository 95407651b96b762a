package slipway.http.upload.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.IncomingFolder;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;

/** A script of another origin cannot read the redirect, and sends its file again and again. */
@ParameterizedClass
@AnyContainer
class ScriptRepeatIT {
  @Parameter Container container;

  private final byte[] jpeg = SampleMedia.jpeg(200, 150);

  private Visits visits() {
    return new Visits(Server.shared(container));
  }

  private String token() {
    return visits().token("max_uploads", "10");
  }

  private static Multipart form(String token, String name, byte[] file) {
    return new Multipart().field("upload_token", token).file("file", name, "image/jpeg", file);
  }

  private Answer send(Multipart form, String... headers) {
    ApiClient api = ApiClient.of(visits().server());
    return api.send(
        api.request(Visits.REDEEM)
            .headers(headers)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  /** As Uppy's XHR does, which has no setting for it. */
  private String photo(Multipart form) {
    Answer answer = send(form, "Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "cross-site");
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    return answer.locationParameters().get("photo_id");
  }

  private int left(String token) {
    return new Stored(visits().server(), token).usesLeft();
  }

  @Test
  void makesOnePhotoOfFourTries() {
    String token = token();
    Set<String> photos = new HashSet<>();
    photos.add(photo(form(token, "a.jpg", jpeg)));
    double stored = IncomingFolder.counted(visits().server(), "slipway_upload_bytes_total");
    for (int i = 0; i < 3; i++) {
      photos.add(photo(form(token, "a.jpg", jpeg)));
    }
    assertThat(photos).hasSize(1).doesNotContainNull();
    assertThat(left(token)).isEqualTo(9);
    assertThat(IncomingFolder.counted(visits().server(), "slipway_upload_bytes_total"))
        .isEqualTo(stored);
  }

  @Test
  void knowsAFileThatComesBeforeItsToken() {
    String token = token();
    Multipart fileFirst =
        new Multipart().file("file", "a.jpg", "image/jpeg", jpeg).field("upload_token", token);
    String first = photo(fileFirst);
    assertThat(photo(fileFirst)).isEqualTo(first);
    assertThat(photo(form(token, "a.jpg", jpeg))).isEqualTo(first);
    assertThat(left(token)).isEqualTo(9);
  }

  @Test
  void makesAPhotoOfEveryOtherFile() {
    String token = token();
    byte[] last = jpeg.clone();
    last[jpeg.length - 1] ^= 1;
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1);
    byte[] shorter = Arrays.copyOf(jpeg, jpeg.length - 1);
    List<String> first = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (List<String> photos : List.of(first, again)) {
      for (byte[] file : List.of(jpeg, last, longer, shorter)) {
        photos.add(photo(form(token, "image.jpg", file)));
      }
      photos.add(photo(form(token, "b.jpg", jpeg)));
    }
    assertThat(first).doesNotHaveDuplicates().doesNotContainNull();
    assertThat(again).isEqualTo(first);
    assertThat(left(token)).isEqualTo(5);
  }

  /**
   * A client that sends it twice on purpose says so with a key; a form and our own page see the
   * redirect.
   */
  @Test
  void takesTheSameFileTwiceFromAllOthers() {
    String token = token();
    photo(form(token, "a.jpg", jpeg));
    String[] cors = {"Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "cross-site"};
    String[] keyed = Arrays.copyOf(cors, 6);
    keyed[4] = "Idempotency-Key";
    keyed[5] = "another";
    List<String[]> others =
        List.of(
            new String[] {"X-A", "b"},
            new String[] {"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Site", "cross-site"},
            new String[] {"Sec-Fetch-Mode", "cors", "Sec-Fetch-Site", "same-origin"},
            keyed);
    for (String[] headers : others) {
      assertThat(send(form(token, "a.jpg", jpeg), headers).locationParameters())
          .containsKey("photo_id");
    }
    assertThat(left(token)).isEqualTo(5);
  }

  @Test
  void makesOnePhotoOfTriesAtTheSameMoment() throws Exception {
    String token = token();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService racers = Executors.newFixedThreadPool(8);
    List<Future<String>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean fileFirst = i % 2 == 0;
      tries.add(
          racers.submit(
              () -> {
                go.await();
                Multipart form = new Multipart();
                form = fileFirst ? form : form.field("upload_token", token);
                form = form.file("file", "a.jpg", "image/jpeg", jpeg);
                return photo(fileFirst ? form.field("upload_token", token) : form);
              }));
    }
    go.countDown();
    Set<String> photos = new HashSet<>();
    for (Future<String> each : tries) {
      photos.add(each.get());
    }
    racers.shutdownNow();
    assertThat(photos).hasSize(1).doesNotContainNull();
    assertThat(left(token)).isEqualTo(9);
  }

  @Test
  void makesAnotherPhotoOnceTheFirstIsDeleted() {
    String token = token();
    String first = photo(form(token, "a.jpg", jpeg));
    ApiClient.withKey(visits().server()).post("/api/photo/delete", Map.of("photo_id", first));
    assertThat(photo(form(token, "a.jpg", jpeg))).isNotNull().isNotEqualTo(first);
  }

  @Test
  void makesAnotherPhotoAfterTenMinutes() throws IOException {
    String token = token();
    String first = photo(form(token, "a.jpg", jpeg));
    try (Stream<Path> files = Files.walk(visits().server().data())) {
      for (Path file : files.filter(this::isTheJpeg).toList()) {
        Instant before = Instant.now().minus(Duration.ofMinutes(11));
        Files.setLastModifiedTime(file, FileTime.from(before));
      }
    }
    assertThat(photo(form(token, "a.jpg", jpeg))).isNotNull().isNotEqualTo(first);
  }

  private boolean isTheJpeg(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) == jpeg.length
          && Arrays.equals(Files.readAllBytes(file), jpeg);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void keepsTokensApart() {
    assertThat(photo(form(token(), "a.jpg", jpeg)))
        .isNotEqualTo(photo(form(token(), "a.jpg", jpeg)));
  }
}

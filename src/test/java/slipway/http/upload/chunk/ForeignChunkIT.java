package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.photo.Stored;
import slipway.http.upload.form.Visits;

/** Chunks as Dropzone, Fine Uploader, blueimp, Uploady and Plupload describe them. */
@ParameterizedClass
@AnyContainer
class ForeignChunkIT {
  private static final int CHUNK = 1000;

  @Parameter Container container;

  /** Of four chunks. */
  private final byte[] jpeg = SampleMedia.jpeg(72, 54);

  private Server server() {
    return Server.shared(container);
  }

  private Visits visits() {
    return new Visits(server());
  }

  /** What each library sends with a chunk. */
  enum Library {
    DROPZONE,
    FINE_UPLOADER,
    CONTENT_RANGE,
    PLUPLOAD,
    PLUPLOAD_NUMBERED;

    /** Whether it gives a file no identifier, and sends one chunk after the other. */
    boolean isInOrder() {
      return this != DROPZONE && this != FINE_UPLOADER;
    }

    Map<String, String> fields(int offset, int length, int total) {
      Map<String, Object> fields = new LinkedHashMap<>();
      switch (this) {
        case DROPZONE -> {
          fields.put("dzuuid", "4b4b2c5e-0000");
          fields.put("dzchunkindex", offset / CHUNK);
          fields.put("dztotalfilesize", total);
          fields.put("dzchunksize", CHUNK);
          fields.put("dztotalchunkcount", (total + CHUNK - 1) / CHUNK);
          fields.put("dzchunkbyteoffset", offset);
        }
        case FINE_UPLOADER -> {
          fields.put("qqpartindex", offset / CHUNK);
          fields.put("qqpartbyteoffset", offset);
          fields.put("qqchunksize", length);
          fields.put("qqtotalparts", (total + CHUNK - 1) / CHUNK);
          fields.put("qqtotalfilesize", total);
          fields.put("qqfilename", "cat.jpg");
          fields.put("qquuid", "4b4b2c5e-0000");
        }
        case PLUPLOAD -> {
          fields.put("name", "cat.jpg");
          fields.put("offset", offset);
          fields.put("total", total);
        }
        case PLUPLOAD_NUMBERED -> {
          fields.put("name", "cat.jpg");
          fields.put("chunk", offset / CHUNK);
          fields.put("chunks", (total + CHUNK - 1) / CHUNK);
        }
        case CONTENT_RANGE -> {}
      }
      Map<String, String> texts = new LinkedHashMap<>();
      fields.forEach((name, value) -> texts.put(name, value.toString()));
      return texts;
    }

    String range(int offset, int length, int total) {
      return this == CONTENT_RANGE
          ? "bytes %d-%d/%d".formatted(offset, offset + length - 1, total)
          : null;
    }

    /** What an error names, of all that it sends. */
    String toldBy() {
      return switch (this) {
        case DROPZONE -> "The parameter 'dztotalfilesize'";
        case FINE_UPLOADER -> "The parameter 'qqtotalfilesize'";
        case CONTENT_RANGE -> "The header Content-Range";
        case PLUPLOAD -> "The parameter 'total'";
        case PLUPLOAD_NUMBERED -> "The parameter 'chunks'";
      };
    }

    String filename() {
      return this == PLUPLOAD || this == PLUPLOAD_NUMBERED ? "blob" : "cat.jpg";
    }
  }

  private Answer send(
      Map<String, String> fields,
      String range,
      String filename,
      byte[] chunk,
      boolean isFileFirst) {
    return send(Visits.REDEEM, fields, range, filename, chunk, isFileFirst);
  }

  private Answer send(
      String path,
      Map<String, String> fields,
      String range,
      String filename,
      byte[] chunk,
      boolean isFileFirst) {
    Multipart form = new Multipart();
    if (isFileFirst) {
      form.file("file", filename, "image/jpeg", chunk);
    }
    fields.forEach(form::field);
    if (!isFileFirst) {
      form.file("file", filename, "image/jpeg", chunk);
    }
    ApiClient api =
        path.equals("/api/photo/upload") ? ApiClient.withKey(server()) : ApiClient.of(server());
    var request = api.request(path).header("Content-Type", form.contentType());
    if (range != null) {
      request.header("Content-Range", range);
    }
    return api.send(request.POST(form.body()));
  }

  private Answer chunk(
      Library library, String token, byte[] file, int offset, int length, boolean isFileFirst) {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("upload_token", token));
    fields.putAll(library.fields(offset, length, file.length));
    byte[] bytes = Arrays.copyOfRange(file, offset, offset + length);
    String range = library.range(offset, length, file.length);
    return send(fields, range, library.filename(), bytes, isFileFirst);
  }

  private Answer upload(Library library, String token, byte[] file, boolean isFileFirst) {
    Answer answer = null;
    for (int offset = 0; offset < file.length; offset += CHUNK) {
      int length = Math.min(CHUNK, file.length - offset);
      answer = chunk(library, token, file, offset, length, isFileFirst);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("success").getAsBoolean()).isTrue();
    }
    return answer;
  }

  @ParameterizedTest
  @EnumSource
  void makesOnePhotoOfAllChunks(Library library) {
    for (boolean isFileFirst : new boolean[] {false, true}) {
      String token = visits().token("max_uploads", "2");
      Answer last = upload(library, token, jpeg, isFileFirst);
      assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
      assertThat(last.json().getAsJsonObject("upload").get("callback_url").getAsString())
          .doesNotContain("dzuuid", "qquuid", "name=", "offset=", "total=", "resumable");
      assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
    }
  }

  /** As the answer to one may be lost. */
  @ParameterizedTest
  @EnumSource
  void takesAChunkTwice(Library library) {
    String token = visits().token();
    chunk(library, token, jpeg, 0, CHUNK, false);
    Answer last = upload(library, token, jpeg, false);
    int offset = (jpeg.length - 1) / CHUNK * CHUNK;
    Answer again = chunk(library, token, jpeg, offset, jpeg.length - offset, false);
    assertThat(again.uploadedPath()).isEqualTo(last.uploadedPath());
  }

  /** Where nothing but name and size tells files apart, they are not put together. */
  @ParameterizedTest
  @EnumSource
  void neverMixesTwoFiles(Library library) {
    String token = visits().token("max_uploads", "2");
    byte[] other = jpeg.clone();
    other[10] ^= 1;
    assertThat(chunk(library, token, jpeg, 0, CHUNK, false).status()).isEqualTo(200);
    Answer conflict = chunk(library, token, other, 0, CHUNK, false);
    assertThat(conflict.status()).as(conflict.text()).isEqualTo(415);
    assertThat(conflict.json().get("success").getAsBoolean()).isFalse();
    if (library.isInOrder()) {
      Answer last = upload(library, token, jpeg, false);
      assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
    } else {
      assertThat(chunk(library, token, jpeg, CHUNK, CHUNK, false).status()).isEqualTo(415);
      assertThat(new Stored(server(), token).usesLeft()).isEqualTo(2);
    }
    assertThat(visits().redeem(Visits.jpeg(token)).locationParameters()).containsKey("photo_id");
  }

  /** Nothing tells later ones that they are of another page, but that those before are missing. */
  @ParameterizedTest
  @EnumSource(names = {"CONTENT_RANGE", "PLUPLOAD", "PLUPLOAD_NUMBERED"})
  void takesChunksOneAfterTheOtherWhereTheirFileHasNoIdentifier(Library library) {
    String token = visits().token();
    int last = (jpeg.length - 1) / CHUNK * CHUNK;
    for (boolean isFileFirst : new boolean[] {false, true}) {
      for (int offset : new int[] {CHUNK, last}) {
        int length = Math.min(CHUNK, jpeg.length - offset);
        Answer lost = chunk(library, token, jpeg, offset, length, isFileFirst);
        assertThat(lost.status()).as(lost.text()).isEqualTo(503);
        assertThat(lost.json().get("reset").getAsBoolean()).isTrue();
        assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
      }
    }
    chunk(library, token, jpeg, 0, CHUNK, false);
    for (int offset : new int[] {2 * CHUNK, last}) {
      int length = Math.min(CHUNK, jpeg.length - offset);
      assertThat(chunk(library, token, jpeg, offset, length, false).status()).isEqualTo(503);
    }
    Answer whole = upload(library, token, jpeg, false);
    assertThat(ApiClient.of(server()).get(whole.uploadedPath()).body()).isEqualTo(jpeg);
  }

  /** Of phones, all photos have one name. */
  @Test
  void takesOneFileOfANameAfterTheOther() {
    String token = visits().token("max_uploads", "3");
    for (int more : List.of(0, 7, 13)) {
      byte[] file = Arrays.copyOf(SampleMedia.jpeg(72, 54), jpeg.length + more);
      Answer last = upload(Library.PLUPLOAD_NUMBERED, token, file, false);
      assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(file);
    }
    assertThat(new Stored(server(), token).usesLeft()).isZero();
  }

  /** A last chunk tells neither how large its file is nor how large the chunks before it were. */
  @Test
  void endsAFileOfNumberedChunksWithTheLastOneOfItsClient() {
    String token = visits().token("max_uploads", "2");
    byte[] other = SampleMedia.jpeg(73, 54);
    int small = CHUNK / 2;
    byte[] first = Arrays.copyOf(jpeg, 2 * CHUNK + 300);
    byte[] second = Arrays.copyOf(other, 2 * small + 200);
    numbered(token, first, CHUNK, 0, "one");
    numbered(token, first, CHUNK, 1, "one");
    numbered(token, second, small, 0, "two");
    numbered(token, second, small, 1, "two");
    assertThat(numbered(token, first, CHUNK, 2, "three").status()).isEqualTo(503);
    Answer ofFirst = numbered(token, first, CHUNK, 2, "one");
    Answer ofSecond = numbered(token, second, small, 2, "two");
    ApiClient api = ApiClient.of(server());
    assertThat(api.get(ofFirst.uploadedPath()).body()).isEqualTo(first);
    assertThat(api.get(ofSecond.uploadedPath()).body()).isEqualTo(second);
  }

  /** A phone that has another network by now. */
  @Test
  void saysWhenAnotherSenderMayHaveTheUse() {
    String token = visits().token();
    byte[] file = Arrays.copyOf(jpeg, 2 * CHUNK + 300);
    numbered(token, file, CHUNK, 0, "one");
    Answer later = numbered(token, file, CHUNK, 0, "two");
    assertThat(later.status()).as(later.text()).isEqualTo(503);
    assertThat(later.json().get("code").getAsString()).isEqualTo("upload_in_progress");
    assertThat(later.json().get("message").getAsString())
        .contains("15 minutes after its latest chunk: try again then");
  }

  /** They neither wait for one another nor refuse one another: each has its own upload. */
  @Test
  void storesThePhotosOfFourPhonesThatAreSentAtOnceUnderOneName() throws Exception {
    String token = visits().token("max_uploads", "4");
    List<byte[]> files = new ArrayList<>();
    for (int phone = 0; phone < 4; phone++) {
      byte[] file = Arrays.copyOf(jpeg, 2 * CHUNK + 300);
      Arrays.fill(file, 900, file.length, (byte) (phone + 1));
      files.add(file);
    }
    List<String> photos =
        AtOnce.run(
            4,
            phone ->
                () -> {
                  Answer last = null;
                  for (int number = 0; number < 3; number++) {
                    last = numbered(token, files.get(phone), CHUNK, number, "phone " + phone);
                    assertThat(last.status()).as(last.text()).isEqualTo(200);
                  }
                  return last.uploadedPath();
                });
    for (int phone = 0; phone < 4; phone++) {
      byte[] stored = ApiClient.of(server()).get(photos.get(phone)).body();
      assertThat(stored).isEqualTo(files.get(phone));
    }
  }

  /** Its second chunk takes long, while the second one's first comes. */
  @Test
  void makesNoPhotoOfTwoPhonesOfWhichOneIsSlow() throws Exception {
    String token = visits().token("max_uploads", "2");
    byte[] first = Arrays.copyOf(jpeg, 2 * CHUNK + 300);
    byte[] second = Arrays.copyOf(SampleMedia.jpeg(73, 54), first.length);
    byte[] chunk = Arrays.copyOfRange(first, CHUNK, 2 * CHUNK);
    numbered(token, first, CHUNK, 0, "slow");
    byte[] body = bytesOfForm(token, chunk, 1);
    try (RawConnection slow = RawConnection.to(server())) {
      slow.send(
          "POST "
              + Visits.REDEEM
              + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nUser-Agent: slow\r\nContent-Type: "
              + "multipart/form-data; boundary=x\r\nContent-Length: "
              + body.length
              + "\r\n\r\n");
      slow.send(Arrays.copyOf(body, body.length - 100));
      for (int number = 0; number < 2; number++) {
        Answer other = numbered(token, second, CHUNK, number, "fast");
        assertThat(other.status()).as(other.text()).isEqualTo(200);
      }
      slow.send(Arrays.copyOfRange(body, body.length - 100, body.length));
      assertThat(slow.answer().orElseThrow().status()).isEqualTo(200);
    }
    Answer ofFirst = numbered(token, first, CHUNK, 2, "slow");
    Answer ofSecond = numbered(token, second, CHUNK, 2, "fast");
    ApiClient api = ApiClient.of(server());
    assertThat(api.get(ofFirst.uploadedPath()).body()).isEqualTo(first);
    assertThat(api.get(ofSecond.uploadedPath()).body()).isEqualTo(second);
  }

  private Answer numbered(String token, byte[] file, int chunk, int number, String program) {
    byte[] bytes =
        Arrays.copyOfRange(file, number * chunk, Math.min(file.length, (number + 1) * chunk));
    Multipart form = numberedForm(token, bytes, number);
    return ApiClient.of(server())
        .send(
            ApiClient.of(server())
                .request(Visits.REDEEM)
                .header("Content-Type", form.contentType())
                .header("User-Agent", program)
                .POST(form.body()));
  }

  private static byte[] bytesOfForm(String token, byte[] chunk, int number) {
    Map<String, String> fields =
        Map.of("name", "image.jpg", "chunk", "" + number, "chunks", "3", "upload_token", token);
    StringBuilder form = new StringBuilder();
    String part = "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s";
    fields.forEach((name, value) -> form.append(part.formatted(name, "", value)).append("\r\n"));
    form.append(part.formatted("file", "; filename=\"blob\"", ""));
    String bytes = new String(chunk, StandardCharsets.ISO_8859_1);
    return (form + bytes + "\r\n--x--\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Multipart numberedForm(String token, byte[] chunk, int number) {
    return new Multipart()
        .field("name", "image.jpg")
        .field("chunk", Integer.toString(number))
        .field("chunks", "3")
        .field("upload_token", token)
        .file("file", "blob", "image/jpeg", chunk);
  }

  /** An older page may repeat the last chunk, of which it got no answer. */
  @ParameterizedTest
  @EnumSource(names = {"CONTENT_RANGE", "PLUPLOAD", "PLUPLOAD_NUMBERED"})
  void makesNoPhotoOfAnotherFileAndTheEndOfOneThatWasDeleted(Library library) {
    String token = visits().token("max_uploads", "3");
    byte[] other = SampleMedia.jpeg(71, 54);
    byte[] second = Arrays.copyOf(other, jpeg.length);
    int last = (jpeg.length - 1) / CHUNK * CHUNK;
    Answer first = upload(library, token, jpeg, false);
    String id = first.json().getAsJsonObject("upload").get("photo_id").getAsString();
    Answer deleted = ApiClient.withKey(server()).post("/api/photo/delete", Map.of("photo_id", id));
    assertThat(deleted.status()).isEqualTo(200);
    for (int offset = 0; offset < last; offset += CHUNK) {
      assertThat(chunk(library, token, second, offset, CHUNK, false).status()).isEqualTo(200);
    }
    Answer refused = chunk(library, token, jpeg, last, jpeg.length - last, false);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().get("error").getAsString())
        .isEqualTo(
            "Another file of the same name and size has been sent. Please rename this file and try"
                + " again.");
    new Stored(server(), token).isExactly();
    Answer again = upload(library, token, jpeg, false);
    assertThat(ApiClient.of(server()).get(again.uploadedPath()).body()).isEqualTo(jpeg);
  }

  /** Two of a sender that are stored, with chunks of different sizes: the last ones are alike. */
  @Test
  void knowsTheStoredFileWhoseLastChunkComesAgain() {
    String token = visits().token("max_uploads", "3");
    int small = CHUNK / 2;
    byte[] first = Arrays.copyOf(jpeg, 2 * CHUNK + 200);
    byte[] second = Arrays.copyOf(SampleMedia.jpeg(73, 54), 2 * small + 200);
    byte[] third = Arrays.copyOf(SampleMedia.jpeg(71, 54), 2 * CHUNK + 100);
    List<String> photos = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      Answer answer = numbered(token, first, CHUNK, number, "page");
      photos.add(number < 2 ? answer.text() : answer.uploadedPath());
    }
    for (int number = 0; number < 3; number++) {
      numbered(token, second, small, number, "page");
    }
    Answer again = numbered(token, first, CHUNK, 2, "page");
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(again.uploadedPath()).isEqualTo(photos.get(2));
    numbered(token, third, CHUNK, 0, "page");
    numbered(token, third, CHUNK, 1, "page");
    Answer later = numbered(token, second, small, 2, "page");
    assertThat(later.status()).as(later.text()).isEqualTo(503);
    Answer ofThird = numbered(token, third, CHUNK, 2, "page");
    assertThat(ApiClient.of(server()).get(ofThird.uploadedPath()).body()).isEqualTo(third);
  }

  /** The chunks before the last do not tell that the file is stored already. */
  @Test
  void comparesAFileOfNumberedChunksWithTheStoredOneOfItsNameAndSize() {
    String token = visits().token("max_uploads", "3");
    String first = upload(Library.PLUPLOAD_NUMBERED, token, jpeg, false).uploadedPath();
    assertThat(upload(Library.PLUPLOAD_NUMBERED, token, jpeg, false).uploadedPath())
        .isEqualTo(first);
    assertThat(new Stored(server(), token).usesLeft()).isEqualTo(2);
    byte[] other = jpeg.clone();
    other[CHUNK] ^= 1;
    int last = (jpeg.length - 1) / CHUNK * CHUNK;
    for (int offset = 0; offset < last; offset += CHUNK) {
      chunk(Library.PLUPLOAD_NUMBERED, token, other, offset, CHUNK, false);
    }
    for (int tries = 0; tries < 2; tries++) {
      Answer refused =
          chunk(Library.PLUPLOAD_NUMBERED, token, other, last, jpeg.length - last, false);
      assertThat(refused.status()).as(refused.text()).isEqualTo(415);
      assertThat(refused.text()).contains("Another file");
    }
    assertThat(new Stored(server(), token).usesLeft()).as("it may go on").isEqualTo(1);
  }

  @Test
  void boundsAFileOfNumberedChunks() {
    String fits = visits().token("max_bytes", Integer.toString(jpeg.length));
    upload(Library.PLUPLOAD_NUMBERED, fits, jpeg, false);
    String token = visits().token("max_bytes", Integer.toString(3 * CHUNK));
    Answer refused = chunk(Library.PLUPLOAD_NUMBERED, token, jpeg, 0, CHUNK, false);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().get("code").getAsString()).isEqualTo("too_large");
    assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
  }

  private void refused(Map<String, String> more, String range, String filename, String words) {
    refused(more, range, filename, CHUNK, words);
  }

  private void refused(
      Map<String, String> more, String range, String filename, int length, String words) {
    String token = visits().token();
    Map<String, String> fields = new LinkedHashMap<>(Map.of("upload_token", token));
    fields.putAll(more);
    for (boolean isFileFirst : new boolean[] {false, true}) {
      Answer refused = send(fields, range, filename, Arrays.copyOf(jpeg, length), isFileFirst);
      assertThat(refused.status()).as(refused.text()).isEqualTo(415);
      assertThat(refused.json().get("message").getAsString()).contains(words);
    }
    Stored stored = new Stored(server(), token);
    stored.isExactly();
    assertThat(stored.usesLeft()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-999/*", "bytes */5000", "items 1-2/3", "bytes 0-999/5000, a"})
  void refusesARangeThatItDoesNotUnderstand(String range) {
    refused(Map.of(), range, "cat.jpg", "Content-Range");
  }

  @Test
  void refusesChunksThatTellTooLittle() {
    refused(Map.of("dzchunkindex", "0"), null, "cat.jpg", "dzuuid");
    String endless = "x".repeat(2000);
    refused(Map.of("dzchunkindex", "0", "dzuuid", endless), null, "cat.jpg", "'dzuuid' must have");
    refused(Map.of("offset", "0", "total", "9000", "name", endless), null, "a", "'name' must have");
    refused(Map.of(), "bytes 0-999/5000", endless, "The name of the file must have");
    refused(Map.of("qqpartindex", "0", "qquuid", "a"), null, "cat.jpg", "qqpartbyteoffset");
    refused(Map.of("chunk", "0", "chunks", "3"), null, "blob", "'name'");
    refused(Map.of("chunk", "3", "chunks", "3", "name", "a.jpg"), null, "blob", "'chunks'");
    refused(
        Map.of("chunk", "0", "chunks", "3", "name", "a.jpg"), null, "blob", 0, "at least one byte");
    refused(Map.of("chunk", "-1", "chunks", "3", "name", "a.jpg"), null, "blob", "'chunk'");
    refused(Map.of("chunk", "0", "chunks", "3x", "name", "a.jpg"), null, "blob", "'chunks'");
    refused(Map.of("chunk", "0", "chunks", "0", "name", "a.jpg"), null, "blob", 0, "is empty");
    refused(Map.of("offset", "-1", "total", "3000", "name", "a"), null, "blob", "'offset'");
    refused(Map.of(), "bytes 700-999/5000", "cat.jpg", "the same size");
    refused(Map.of(), "bytes 4500-5499/5000", "cat.jpg", "within the file");
  }

  @Test
  void takesNoWholeFileThatIsShorterThanItsRange() {
    refused(Map.of(), "bytes 0-2499/2500", "cat.jpg", "Fewer bytes arrived");
  }

  /** A whole file is one, though it says where its bytes lie, and so is one of a few names. */
  @Test
  void takesWholeFilesAsTheyAre() {
    String token = visits().token("max_uploads", "10");
    String whole = "bytes 0-%d/%d".formatted(jpeg.length - 1, jpeg.length);
    for (Map<String, String> fields :
        List.of(
            Map.of("name", "cat.jpg", "chunk", "0", "chunks", "1"),
            Map.of("qquuid", "a", "qqfilename", "cat.jpg", "qqtotalfilesize", "" + jpeg.length),
            Map.of("chunk", "of cheese", "chunks", "many"),
            Map.of("offset", "left", "total", "12", "name", "b"))) {
      Map<String, String> all = new LinkedHashMap<>(Map.of("upload_token", token));
      all.putAll(fields);
      assertThat(send(all, whole, "cat.jpg", jpeg, false).locationParameters())
          .containsKey("photo_id");
    }
  }

  /** As blueimp sends it with {@code multipart: false}, and Fine Uploader with its fields there. */
  @Test
  void takesAChunkThatIsTheWholeBody() {
    String token = visits().token();
    Answer last = null;
    for (int offset = 0; offset < jpeg.length; offset += CHUNK) {
      int length = Math.min(CHUNK, jpeg.length - offset);
      ApiClient api = ApiClient.of(server());
      last =
          api.send(
              api.request(Visits.REDEEM + "?upload_token=" + token)
                  .header("Content-Type", "image/jpeg")
                  .header("Content-Disposition", "attachment; filename=\"st%C3%B8rst%20+.jpg\"")
                  .header("Content-Range", Library.CONTENT_RANGE.range(offset, length, jpeg.length))
                  .POST(BodyPublishers.ofByteArray(jpeg, offset, length)));
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
  }

  private Answer ask(String token, String name, String size, String program) {
    ApiClient api = ApiClient.of(server());
    String query = ApiClient.urlencoded(Map.of("upload_token", token, "file", name, "size", size));
    Answer answer =
        api.send(api.request(Visits.REDEEM + "?" + query).header("User-Agent", program));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private static final String CLIENT = "blueimp";

  private Answer chunkOf(String token, byte[] file, int offset) {
    int length = Math.min(CHUNK, file.length - offset);
    Multipart form = new Multipart().field("upload_token", token);
    form.file("file", "cat.jpg", "image/jpeg", Arrays.copyOfRange(file, offset, offset + length));
    ApiClient api = ApiClient.of(server());
    return api.send(
        api.request(Visits.REDEEM)
            .header("User-Agent", CLIENT)
            .header("Content-Type", form.contentType())
            .header("Content-Range", Library.CONTENT_RANGE.range(offset, length, file.length))
            .POST(form.body()));
  }

  /** After a reload, as blueimp's uploadedBytes has it. */
  @Test
  void tellsHowMuchOfAFileNeedNotBeSent() {
    String token = visits().token();
    String size = Integer.toString(jpeg.length);
    assertThat(ask(token, "cat.jpg", size, CLIENT).text()).isEqualTo("{\"file\":null}");
    for (int i = 0; i < 3; i++) {
      assertThat(chunkOf(token, jpeg, i * CHUNK).status()).isEqualTo(200);
    }
    for (Answer other :
        List.of(
            ask(token, "cat.jpg", size, "another client"),
            ask(token, "cat.jpg", "", CLIENT),
            ask(token, "cat.jpg", Integer.toString(jpeg.length + 1), CLIENT),
            ask(token, "dog.jpg", size, CLIENT),
            ask("0".repeat(40), "cat.jpg", size, CLIENT))) {
      assertThat(other.text()).isEqualTo("{\"file\":null}");
    }
    assertThat(ask(token, "cat.jpg", size, CLIENT).text())
        .isEqualTo("{\"file\":{\"name\":\"cat.jpg\",\"size\":" + 2 * CHUNK + "}}");
    Answer last = null;
    for (int offset = 2 * CHUNK; offset < jpeg.length; offset += CHUNK) {
      last = chunkOf(token, jpeg, offset);
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
    assertThat(ask(token, "cat.jpg", size, CLIENT).text()).isEqualTo("{\"file\":null}");
  }

  /** Though its name and its size are those of the file that was begun. */
  @Test
  void goesOnWithNoOtherFile() {
    String token = visits().token();
    byte[] other = jpeg.clone();
    other[2 * CHUNK + 10] ^= 1;
    chunkOf(token, jpeg, 0);
    String size = Integer.toString(jpeg.length);
    assertThat(ask(token, "cat.jpg", size, CLIENT).text()).isEqualTo("{\"file\":null}");
    chunkOf(token, jpeg, CHUNK);
    chunkOf(token, jpeg, 2 * CHUNK);
    assertThat(ask(token, "cat.jpg", size, CLIENT).text()).contains("\"size\":" + 2 * CHUNK);
    assertThat(chunkOf(token, other, 2 * CHUNK).status()).isEqualTo(415);
    Answer last = null;
    for (int offset = 3 * CHUNK; offset < jpeg.length; offset += CHUNK) {
      last = chunkOf(token, jpeg, offset);
    }
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
  }

  /** The library gives it another name then, and the use is held under the first one. */
  @Test
  @Tag("faults")
  void takesAFileThatTheVisitorHasAddedAnew() {
    String token = visits().token();
    assertThat(dropped(token, "first", 0, CLIENT).status()).isEqualTo(200);
    assertThat(dropped(token, "second", 0, CLIENT).status()).isEqualTo(503);
    Await.until(
        "the first upload is forgotten",
        () -> {
          assertThat(dropped(token, "third", 0, "another client").status()).isEqualTo(503);
          return dropped(token, "second", 0, CLIENT).status() == 200;
        });
    Answer last = null;
    for (int offset = CHUNK; offset < jpeg.length; offset += CHUNK) {
      last = dropped(token, "second", offset, CLIENT);
      assertThat(last.status()).as(last.text()).isEqualTo(200);
    }
    assertThat(ApiClient.of(server()).get(last.uploadedPath()).body()).isEqualTo(jpeg);
    assertThat(dropped(token, "first", CHUNK, CLIENT).status()).isEqualTo(404);
  }

  private Answer dropped(String token, String id, int offset, String program) {
    int length = Math.min(CHUNK, jpeg.length - offset);
    Multipart form = new Multipart().field("upload_token", token);
    Map<String, String> fields = Library.DROPZONE.fields(offset, length, jpeg.length);
    fields.put("dzuuid", id);
    fields.forEach(form::field);
    byte[] chunk = Arrays.copyOfRange(jpeg, offset, offset + length);
    form.file("file", "cat.jpg", "image/jpeg", chunk);
    ApiClient api = ApiClient.of(server());
    return api.send(
        api.request(Visits.REDEEM)
            .header("User-Agent", program)
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  /** As with a page that was loaded again, with a token of its own. */
  @Test
  void hasFineUploaderBeginAnewWithAnotherToken() {
    String token = visits().token();
    Map<String, String> fields = new LinkedHashMap<>(Map.of("upload_token", token));
    fields.putAll(Library.FINE_UPLOADER.fields(CHUNK, CHUNK, jpeg.length));
    fields.put("qqresume", "true");
    byte[] chunk = Arrays.copyOfRange(jpeg, CHUNK, 2 * CHUNK);
    for (boolean isFileFirst : new boolean[] {false, true}) {
      Answer gone = send(fields, null, "cat.jpg", chunk, isFileFirst);
      assertThat(gone.status()).as(gone.text()).isEqualTo(503);
      assertThat(gone.json().get("reset").getAsBoolean()).isTrue();
      assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
    }
    chunk(Library.FINE_UPLOADER, token, jpeg, 0, CHUNK, false);
    assertThat(send(fields, null, "cat.jpg", chunk, false).status()).isEqualTo(200);
  }

  /** Fine Uploader remembers for a week which chunks it has sent. */
  @Test
  @Tag("faults")
  void hasFineUploaderBeginAnewWhereItsChunksAreGone() {
    String token = visits().token("max_uploads", "2");
    Answer last = upload(Library.FINE_UPLOADER, token, jpeg, false);
    String photo = last.json().getAsJsonObject("upload").get("photo_id").getAsString();
    ApiClient.withKey(server()).post("/api/photo/delete", Map.of("photo_id", photo));
    Answer gone = chunk(Library.FINE_UPLOADER, token, jpeg, CHUNK, CHUNK, false);
    assertThat(gone.status()).as(gone.text()).isEqualTo(503);
    assertThat(gone.json().get("reset").getAsBoolean()).isTrue();
    Answer again = upload(Library.FINE_UPLOADER, token, jpeg, false);
    assertThat(ApiClient.of(server()).get(again.uploadedPath()).body()).isEqualTo(jpeg);
  }

  /** Also in the middle of it, and with what tells so behind the file. */
  @ParameterizedTest
  @EnumSource
  void isNoWholeFileToOtherDoors(Library library) {
    String token = replaceToken();
    for (int offset : new int[] {0, 1, CHUNK}) {
      for (boolean isFileFirst : new boolean[] {false, true}) {
        Map<String, String> fields = library.fields(offset, CHUNK, jpeg.length);
        String range = library.range(offset, CHUNK, jpeg.length);
        byte[] chunk = Arrays.copyOf(jpeg, CHUNK);
        Answer upload =
            send("/api/photo/upload", fields, range, library.filename(), chunk, isFileFirst);
        assertThat(upload.status()).as(upload.text()).isEqualTo(400);
        fields.put("replace_token", token);
        Answer replace =
            send(
                "/api/photo/redeem-replace-token",
                fields,
                range,
                library.filename(),
                chunk,
                isFileFirst);
        assertThat(replace.locationParameters()).containsEntry("error_code", "invalid_input");
        if (offset != 1) {
          String words = library.toldBy() + " must describe the file that came";
          assertThat(upload.text()).contains(words).doesNotContain("resumable");
          assertThat(replace.locationParameters().get("error_message")).startsWith(words);
        }
      }
    }
    Map<String, String> own = Map.of("replace_token", token);
    Answer whole = send("/api/photo/redeem-replace-token", own, null, "a.jpg", jpeg, false);
    assertThat(whole.locationParameters()).as("the use is back").containsKey("photo_id");
  }

  private String replaceToken() {
    String photo =
        visits().redeem(Visits.jpeg(visits().token())).locationParameters().get("photo_id");
    return ApiClient.withKey(server())
        .post(
            "/api/photo/get-replace-token",
            Map.of("photo_id", photo, "return_url", Visits.RETURN_URL))
        .xml("/response/replace_token");
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheVisitorOfAnEmptyOrMissingFile(Library library) {
    String token = visits().token();
    Map<String, String> fields = library.fields(0, 0, 0);
    fields.put("upload_token", token);
    String range = library.range(0, 0, 0);
    for (boolean isFileFirst : new boolean[] {false, true}) {
      Answer empty = send(fields, range, library.filename(), new byte[0], isFileFirst);
      assertNoFile(empty, "The file is empty.");
    }
    fields.putAll(library.fields(0, CHUNK, jpeg.length));
    ApiClient api = ApiClient.of(server());
    Multipart form = new Multipart();
    fields.forEach(form::field);
    var request = api.request(Visits.REDEEM).header("Content-Type", form.contentType());
    if (library == Library.CONTENT_RANGE) {
      request.header("Content-Range", library.range(0, CHUNK, jpeg.length));
      request.header("Content-Disposition", "attachment; filename=\"cat.jpg\"");
    }
    assertNoFile(api.send(request.POST(form.body())), "'file' is required");
    assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
  }

  private static void assertNoFile(Answer answer, String words) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(415);
    assertThat(answer.json().get("code").getAsString()).isEqualTo("no_file");
    assertThat(answer.json().get("message").getAsString()).contains(words);
    assertThat(answer.json().get("error_message").getAsString()).isNotEmpty();
  }

  /** It would be one of Resumable.js by that. */
  @Test
  void refusesAChunkThatTheFieldsBehindItDescribeAnew() {
    String token = visits().token();
    Multipart form = new Multipart().field("upload_token", token);
    Library.DROPZONE.fields(0, CHUNK, jpeg.length).forEach(form::field);
    form.file("file", "cat.jpg", "image/jpeg", Arrays.copyOf(jpeg, CHUNK));
    form.field("flowIdentifier", "other").field("flowChunkNumber", "1");
    form.field("flowChunkSize", "" + CHUNK).field("flowTotalSize", "" + jpeg.length);
    Answer refused = visits().redeem(form);
    assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    assertThat(refused.json().get("message").getAsString()).contains("another chunk");
    assertThat(new Stored(server(), token).usesLeft()).isEqualTo(1);
  }
}

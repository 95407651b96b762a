package slipway.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.multipart.MultipartException.Problem;
import slipway.multipart.MultipartReader.Limits;

class MultipartReaderTest {
  private static final Limits LIMITS = new Limits(20, 1024, 4096, 16 * 1024);
  private static final String TYPE = "multipart/form-data; boundary=";
  private static final String CHROMIUM = "----WebKitFormBoundary7MA4YWxkTrZu0gW3";
  private static final String FIREFOX = "----geckoformboundary5d8ac2b8e34e97e7be3cb8f8f4dd9b8e";
  private static final String FIREFOX_OLD = "---------------------------293582696224464";
  private static final String CURL = "------------------------d74496d66958873e";

  private record Seen(String name, String filename, String contentType, String body) {
    static Seen field(String name, String body) {
      return new Seen(name, null, null, body);
    }
  }

  // ---- bodies as senders make them

  @Test
  void readsWhatChromiumSends() throws IOException {
    String body =
        """
        --%1$s
        Content-Disposition: form-data; name="upload_token"

        022fe6e3fb42758d6147c539727c5358af3524b1
        --%1$s
        Content-Disposition: form-data; name="title"

        Sømand & søn
        --%1$s
        Content-Disposition: form-data; name="file"; filename="harbour.jpg"
        Content-Type: image/jpeg

        ÿØÿà
        --%1$s--
        """;
    assertThat(read(CHROMIUM, crlf(body.formatted(CHROMIUM))))
        .containsExactly(
            Seen.field("upload_token", "022fe6e3fb42758d6147c539727c5358af3524b1"),
            Seen.field("title", "Sømand & søn"),
            new Seen("file", "harbour.jpg", "image/jpeg", "ÿØÿà"));
  }

  @ParameterizedTest
  @ValueSource(strings = {FIREFOX, FIREFOX_OLD, CURL, "a", "0'()+_,-./:=?", "----"})
  void readsBoundariesOfEveryShape(String boundary) throws IOException {
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--"
            + boundary
            + "\r\ncontent-type: video/mp4\r\ncontent-disposition: FORM-DATA; filename=v.mp4;"
            + " name=b\r\n\r\ntwo\r\n--"
            + boundary
            + "--\r\n";
    assertThat(read("\"" + boundary + "\"", body))
        .containsExactly(Seen.field("a", "one"), new Seen("b", "v.mp4", "video/mp4", "two"));
  }

  @Test
  void readsABoundaryOf70Characters() throws IOException {
    String boundary = "x".repeat(70);
    assertThat(read(boundary, part("a", "one", boundary) + "--" + boundary + "--"))
        .containsExactly(Seen.field("a", "one"));
  }

  @Test
  void readsAFileInputLeftEmpty() throws IOException {
    assertThat(
            read(
                "b",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"))
        .containsExactly(new Seen("file", "", "application/octet-stream", ""));
  }

  @Test
  void readsAFormWithoutFields() throws IOException {
    assertThat(read("b", "--b--\r\n")).isEmpty();
  }

  @Test
  void keepsDuplicateNamesInOrder() throws IOException {
    assertThat(read("b", part("tag", "x") + part("tag", "y") + part("tag", "x") + "--b--"))
        .extracting(Seen::body)
        .containsExactly("x", "y", "x");
  }

  @Test
  void keepsNestedMultipartAsOnePart() throws IOException {
    String nested = "--in\r\nContent-Disposition: file; filename=\"1\"\r\n\r\n1\r\n--in--";
    assertThat(
            read(
                "b",
                "--b\r\nContent-Disposition: form-data; name=\"files\"\r\n"
                    + "Content-Type: multipart/mixed; boundary=in\r\n\r\n"
                    + nested
                    + "\r\n"
                    + part("a", "1")
                    + "--b--"))
        .containsExactly(
            new Seen("files", null, "multipart/mixed; boundary=in", nested), Seen.field("a", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "filename=\"日本語 été 🚢.jpg\"         | 日本語 été 🚢.jpg",
        "filename=\"a %22quoted%22 name.jpg\" | a %22quoted%22 name.jpg",
        "filename=\"C:\\fakepath\\a.jpg\"     | C:\\fakepath\\a.jpg",
        "filename=\"../../etc/passwd\"        | ../../etc/passwd",
        "filename=\"a;b=c.jpg\"               | a;b=c.jpg",
        "filename=\"quo\\\"te.png\"               | quo\"te.png",
        "filename=\"a\\\\b \\\\ c.png\"          | a\\b \\ c.png",
        "filename=plain.jpg                   | plain.jpg",
        "filename=\"a\"; size=3               | a",
        "FileName=\"a.jpg\"                   | a.jpg",
        "filename*=UTF-8''%e2%82%ac%20r.jpg   | € r.jpg",
        "filename=\"=?UTF-8?B?w6kuanBn?=\"    | é.jpg",
      })
  void givesTheFileNameAsItWasSent(String parameter, String filename) throws IOException {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"f\"; " + parameter + "\r\n\r\n.\r\n--b--";
    assertThat(read("b", body)).extracting(Seen::filename).containsExactly(filename);
  }

  @Test
  void unfoldsHeadersAndIgnoresThoseItDoesNotKnow() throws IOException {
    assertThat(
            read(
                "b",
                "--b\r\nX-Other: 1\r\nContent-Disposition: form-data;\r\n\tname=\"a\";\r\n"
                    + " filename=\"f\"\r\nContent-Length: 99\r\n\r\n1\r\n--b--"))
        .containsExactly(new Seen("a", "f", null, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "attachment", "FILE ", "form-data", "x-file"})
  void knowsAPartByItsNameWhateverItsDispositionType(String type) throws IOException {
    assertThat(
            read(
                "b",
                "--b\r\nContent-Disposition: "
                    + type
                    + "; name=\"a\"; filename=\"f.png\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
                    + type
                    + ";name=c\r\n\r\n2\r\n--b--"))
        .containsExactly(new Seen("a", "f.png", null, "1"), Seen.field("c", "2"));
  }

  // ---- boundaries and their surroundings

  @Test
  void ignoresPreambleAndEpilogue() throws IOException {
    assertThat(
            read(
                "b",
                "To read this --b\r\nyou need\r\n--\r\n a reader\r\n"
                    + part("a", "1")
                    + "--b--\r\nnot a part\r\n--b\r\nneither"))
        .containsExactly(Seen.field("a", "1"));
  }

  @Test
  void acceptsWhiteSpaceAfterABoundary() throws IOException {
    assertThat(
            read(
                "b",
                "--b \t \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--  \r\n"))
        .containsExactly(Seen.field("a", "1"));
  }

  @Test
  void readsEmptyBodiesWithAndWithoutTheirOwnLineEnd() throws IOException {
    String headers = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    assertThat(read("b", headers + headers + "\r\n" + headers + "--b--"))
        .containsExactly(Seen.field("a", ""), Seen.field("a", ""), Seen.field("a", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n--boundar",
        "\r\n--boundar\r\n--bound",
        "\r",
        "\r\n",
        "\r\r\r\n\r\n-",
        "\r\n\r\n--",
        "--boundary",
        "\n--boundary\n",
        "\r--boundary",
        "\r\n-\r\n--boundarY--",
        "-------",
        "\r\n--boundar\0y",
        "\r\n--\r\n--\r\n--b",
        "boundaryboundary--boundary"
      })
  void keepsWhatOnlyResemblesABoundary(String data) throws IOException {
    for (String value : List.of("x" + data, "x" + data + data, "x" + data + "x", "\n" + data)) {
      String body = part("a", value, "boundary") + part("c", "3", "boundary") + "--boundary--";
      assertThat(read("boundary", body))
          .containsExactly(Seen.field("a", value), Seen.field("c", "3"));
    }
  }

  @Test
  void passesOverAShortPreambleOnly() throws IOException {
    String body = part("a", "1", "boundary") + "--boundary--";
    assertThat(read("boundary", "x".repeat(8 * 1024 - 2) + "\r\n" + body))
        .containsExactly(Seen.field("a", "1"));
    for (int length : new int[] {8 * 1024 + 1, 1 << 20}) {
      assertThatThrownBy(() -> read("boundary", "x".repeat(length) + "\r\n" + body))
          .isInstanceOf(MultipartException.class)
          .hasMessageContaining("within 8192 bytes");
    }
  }

  @Test
  void findsTheBoundaryAtEverySplit() throws IOException {
    byte[] body =
        bytes(
            "preamble\r\n"
                + part("a", "one\r\n--boundar", "boundary")
                + part("b", "", "boundary")
                + part("c", "three", "boundary")
                + "--boundary--\r\n");
    for (int first = 1; first < body.length; first++) {
      for (int second = 1; second < body.length - first; second += 1 + second / 4) {
        var pieces =
            new SequenceInputStream(
                new ByteArrayInputStream(body, 0, first),
                new SequenceInputStream(
                    new ByteArrayInputStream(body, first, second),
                    new ByteArrayInputStream(body, first + second, body.length - first - second)));
        assertThat(read(new MultipartReader(new BodyRequest(TYPE + "boundary", pieces), LIMITS)))
            .containsExactly(
                Seen.field("a", "one\r\n--boundar"), Seen.field("b", ""), Seen.field("c", "three"));
      }
    }
  }

  @Test
  void findsTheBoundaryWhereverItFallsInTheBuffer() throws IOException {
    var random = new Random(7);
    for (int size = 0; size < 140_000; size += size < 8300 ? 1 + size / 50 : 577) {
      byte[] file = new byte[size];
      random.nextBytes(file);
      var body = new ByteArrayOutputStream();
      body.write(bytes("--" + CHROMIUM + "\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"));
      body.write(file);
      body.write(bytes("\r\n" + part("after", "1", CHROMIUM) + "--" + CHROMIUM + "--"));
      MultipartReader reader = reader(CHROMIUM, body.toByteArray());
      var copy = new ByteArrayOutputStream();
      assertThat(reader.next().copyTo(Channels.newChannel(copy))).isEqualTo(size);
      assertThat(copy.toByteArray()).isEqualTo(file);
      assertThat(reader.next().text()).isEqualTo("1");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void refusesABodyCutAnywhere() {
    String whole = "pre\r\n" + part("a", "1\r\n2") + part("f", "x") + "--b--";
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> read("b", cut))
          .as(cut)
          .isInstanceOfSatisfying(
              MultipartException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED))
          .hasMessageContaining("ends before its final boundary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\n\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\rX: y\r\n\r\n1\r\n--b--",
        "--bc\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b-\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b -- more",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n--b--\r\n\r\n",
        "--b\r\n\r\n1\r\n--b--",
        "--b\r\n--b--\r\n\r\n",
        "--b\r\nContent-Type: image/jpeg\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: file; filename=\"a\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: file\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: name=\"a\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition form-data; name=\"a\"\r\n\r\n1\r\n--b--",
        "{\"title\": \"not multipart at all\"}",
        "",
      })
  void refusesWhatBreaksTheSyntax(String body) {
    assertProblem(Problem.MALFORMED, () -> read("b", body));
  }

  // ---- content type

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
        "multipart/form-data; boundary=\"a\rb\"",
        "multipart/form-data; boundary=é",
        "multipart/form-data-x; boundary=b",
        "multipart/mixed; boundary=b",
        "text/plain; a=multipart/form-data; boundary=b",
      })
  void refusesOtherContentTypes(String contentType) {
    var request = new BodyRequest(contentType, InputStream.nullInputStream());
    assertProblem(Problem.NOT_MULTIPART, () -> new MultipartReader(request, LIMITS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data;boundary=b",
        "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"b\"",
        "multipart/form-data ; boundary = b ; charset=UTF-8",
      })
  void acceptsTheContentTypeInEveryNotation(String contentType) throws IOException {
    var request = new BodyRequest(contentType, input(part("a", "1") + "--b--"));
    assertThat(read(new MultipartReader(request, LIMITS))).containsExactly(Seen.field("a", "1"));
  }

  // ---- text and its charset

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=ISO-8859-1, \u00e9",
    "text/plain; Charset=\"utf-16be\", \uc3a9",
    "text/plain, \u00e9"
  })
  void decodesTextByThePartsCharset(String contentType, String expected) throws IOException {
    byte[] value =
        expected.getBytes(
            contentType.contains("8859")
                ? ISO_8859_1
                : contentType.contains("16") ? UTF_16BE : UTF_8);
    var body = new ByteArrayOutputStream();
    body.write(
        bytes(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: "
                + contentType
                + "\r\n\r\n"));
    body.write(value);
    body.write(bytes("\r\n--b--"));
    assertThat(reader("b", body.toByteArray()).next().text()).isEqualTo(expected);
  }

  @Test
  void replacesBytesThatAreNotOfTheCharset() throws IOException {
    byte[] body = part("a", "caf\u00e9 ok").concat("--b--").getBytes(ISO_8859_1);
    assertThat(reader("b", body).next().text()).isEqualTo("caf\ufffd ok");
  }

  /** No text in Unicode has them, and UTF-8 has no bytes for them. */
  @ParameterizedTest
  @CsvSource({"cesu-8, '\u00ed\u00a0\u00bd'", "utf-32, '\0\0\u00d8\0'"})
  void tellsOfHalvesOfCharacters(String charset, String bytes) throws IOException {
    String head = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain;";
    String body = head + " charset=" + charset + "\r\n\r\n" + bytes + "\r\n--b--";
    Part part = reader("b", body.getBytes(ISO_8859_1)).next();
    part.text();
    assertThat(part.isGarbled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"klingon-1", "utf 8", "§"})
  void refusesAnUnknownCharset(String charset) throws IOException {
    Part part =
        reader(
                "b",
                bytes(
                    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain;"
                        + " charset="
                        + charset
                        + "\r\n\r\n1\r\n--b--"))
            .next();
    assertProblem(Problem.MALFORMED, part::text);
  }

  // ---- limits

  @Test
  void refusesMorePartsThanTheLimit() throws IOException {
    String twenty = part("a", "1").repeat(20);
    assertThat(read("b", twenty + "--b--")).hasSize(20);
    assertProblem(Problem.TOO_MANY_PARTS, () -> read("b", twenty + part("a", "1") + "--b--"));
    assertProblem(Problem.TOO_MANY_PARTS, () -> read("b", part("a", "1").repeat(10_000) + "--b--"));
  }

  @Test
  void refusesHeadersAboveTheLimit() throws IOException {
    String start = "Content-Disposition: form-data; name=\"a\"\r\nX: ";
    String largest = start + "x".repeat(1024 - start.length() - 4) + "\r\n\r\n";
    assertThat(read("b", "--b\r\n" + largest + "1\r\n--b--")).hasSize(1);
    assertProblem(Problem.HEADERS_TOO_LARGE, () -> read("b", "--b\r\nX" + largest + "1\r\n--b--"));
  }

  @Test
  void stopsReadingHeadersThatNeverEnd() {
    var endless = new CountingStream("--b\r\nX-Header: ", 'x');
    var request = new BodyRequest(TYPE + "b", endless);
    assertProblem(Problem.HEADERS_TOO_LARGE, () -> new MultipartReader(request, LIMITS).next());
    assertThat(endless.count).isLessThan(100_000);
  }

  @Test
  void stopsReadingAFieldThatNeverEnds() {
    var endless =
        new CountingStream("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n", '-');
    var request = new BodyRequest(TYPE + "b", endless);
    assertProblem(
        Problem.FIELD_TOO_LARGE, () -> new MultipartReader(request, LIMITS).next().text());
    assertThat(endless.count).isLessThan(100_000);
  }

  @Test
  void boundsFieldsButNotFiles() throws IOException {
    assertThat(read("b", part("a", "x".repeat(4096)) + "--b--").get(0).body()).hasSize(4096);
    assertProblem(
        Problem.FIELD_TOO_LARGE,
        () -> reader("b", bytes(part("a", "x".repeat(4097)) + "--b--")).next().text());
    Part file = reader("b", bytes(part("a", "x".repeat(4097)) + "--b--")).next();
    assertThat(file.body().readAllBytes()).hasSize(4097);
  }

  // ---- reading a part

  @Test
  void skipsWhatWasNotRead() throws IOException {
    MultipartReader reader =
        reader("b", bytes(part("a", "x".repeat(200_000)) + part("c", "yes") + "--b--"));
    assertThat(reader.next().body().read()).isEqualTo('x');
    assertThat(reader.next().text()).isEqualTo("yes");
    assertThat(reader.next()).isNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void refusesToReadAPartTwiceOrTooLate() throws IOException {
    MultipartReader reader = reader("b", bytes(part("a", "1") + part("c", "2") + "--b--"));
    Part first = reader.next();
    InputStream body = first.body();
    assertThatThrownBy(first::text).isInstanceOf(IllegalStateException.class);
    Part second = reader.next();
    assertThatThrownBy(body::read).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(first::body).isInstanceOf(IllegalStateException.class);
    assertThat(reader.next()).isNull();
    assertThatThrownBy(second::text).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writesOnUntilAChannelHasTakenAll() throws IOException {
    var copy = new ByteArrayOutputStream();
    var slow =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer source) {
            copy.write(source.get());
            return 1;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThat(reader("b", bytes(part("a", "slowly") + "--b--")).next().copyTo(slow)).isEqualTo(6);
    assertThat(copy.toString(UTF_8)).isEqualTo("slowly");
  }

  @Test
  void givesAPartBeforeTheNextOneHasArrived() throws IOException {
    var gone = new SocketTimeoutException("read timed out");
    String arrived = part("upload_token", "abc") + "--b";
    var reader = new MultipartReader(new BodyRequest(TYPE + "b", failing(arrived, gone)), LIMITS);
    assertThat(reader.next().text()).isEqualTo("abc");
    assertThatThrownBy(reader::next).isSameAs(gone);
  }

  @Test
  void givesAPartBeforeAByteOfItsBodyHasArrived() throws IOException {
    var gone = new SocketTimeoutException("read timed out");
    String whole = part("file", "x");
    String head = whole.substring(0, whole.indexOf("\r\n\r\n") + 4);
    var reader = new MultipartReader(new BodyRequest(TYPE + "b", failing(head, gone)), LIMITS);
    Part part = reader.next();
    assertThat(part.name()).isEqualTo("file");
    assertThatThrownBy(part::text).isSameAs(gone);
  }

  @Test
  void passesOnWhatTheConnectionThrows() {
    String whole = part("a", "1") + part("f", "x") + "--b--";
    for (int length = 0; length < whole.length(); length++) {
      var gone = new IOException("Connection reset by peer");
      var request = new BodyRequest(TYPE + "b", failing(whole.substring(0, length), gone));
      assertThatThrownBy(() -> read(new MultipartReader(request, LIMITS))).isSameAs(gone);
    }
  }

  // ---- helpers

  private static String part(String name, String body) {
    return part(name, body, "b");
  }

  private static String part(String name, String body, String boundary) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(boundary, name, body);
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  private static MultipartReader reader(String boundary, byte[] body) throws IOException {
    return new MultipartReader(
        new BodyRequest(TYPE + boundary, new ByteArrayInputStream(body)), LIMITS);
  }

  private static List<Seen> read(String boundary, String body) throws IOException {
    List<Seen> whole = read(reader(boundary, bytes(body)));
    var single = new BodyRequest(TYPE + boundary, new SplitStream(bytes(body), () -> 1));
    assertThat(read(new MultipartReader(single, LIMITS))).isEqualTo(whole);
    return whole;
  }

  private static List<Seen> read(MultipartReader reader) throws IOException {
    var seen = new ArrayList<Seen>();
    for (Part part = reader.next(); part != null; part = reader.next()) {
      assertThat(part.isFile()).isEqualTo(part.filename() != null);
      seen.add(new Seen(part.name(), part.filename(), part.contentType(), part.text()));
    }
    return seen;
  }

  private static void assertProblem(Problem problem, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MultipartException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static InputStream failing(String arrived, IOException failure) {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            throw failure;
          }
        };
    return new SequenceInputStream(input(arrived), broken);
  }

  /** A beginning, then one byte forever. */
  private static final class CountingStream extends InputStream {
    private final byte[] beginning;
    private final char fill;
    private long count;

    CountingStream(String beginning, char fill) {
      this.beginning = bytes(beginning);
      this.fill = fill;
    }

    @Override
    public int read() {
      return count < beginning.length ? beginning[(int) count++] : fill;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (count < beginning.length) {
        target[offset] = (byte) read();
        return 1;
      }
      Arrays.fill(target, offset, offset + length, (byte) fill);
      count += length;
      return length;
    }
  }
}

package slipway.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.harness.ApiClient;
import slipway.harness.Container;

/**
 * One file by every door in one run: a plain form, the chunks of Resumable.js and Flow.js as they
 * send them if not told otherwise (1 MiB each, three at a time), and one PATCH of tus; on a server
 * with a heap of 64 MB.
 */
final class DoorSpeeds {
  private static final long CHUNK = 1 << 20;
  private static final int AT_A_TIME = 3;
  private static final long WARM_UP = 128 << 20;
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW1";
  private static final Pattern PHOTO = Pattern.compile("photo_id(?:=|\":\")(\\d+)");

  private final Subject subject;
  private final String name;

  DoorSpeeds(Subject subject, String name) {
    this.subject = subject;
    this.name = name;
  }

  /** One way to upload so many bytes; gives an answer that names the photo. */
  private interface Door {
    String upload(long bytes) throws Exception;
  }

  static void run(Container container, long bytes) throws Exception {
    try (Subject subject = Subject.slipway(container, Bench.jvm("doors", "-Xmx64m"))) {
      long free = Files.getFileStore(subject.server().data()).getUsableSpace();
      if (free < 2 * bytes) {
        throw new IllegalStateException("Too little room on the disk: " + free + " bytes");
      }
      DoorSpeeds doors = new DoorSpeeds(subject, container + " " + bytes / 1_000_000 + " MB");
      for (long size : new long[] {WARM_UP, bytes}) {
        doors.measure("plain form", size, doors::plain);
        doors.measure("Resumable.js form", size, of -> doors.chunks(of, true));
        doors.measure("Resumable.js or Flow.js octet", size, of -> doors.chunks(of, false));
        doors.measure("tus PATCH", size, doors::patch);
      }
    }
  }

  private void measure(String door, long bytes, Door way) throws Exception {
    subject.forgetPeak();
    long cpu = subject.cpu();
    long start = System.nanoTime();
    String answer = way.upload(bytes);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (subject.cpu() - cpu) / 1e9;
    Matcher photo = PHOTO.matcher(answer);
    if (!photo.find()) {
      throw new IllegalStateException(answer);
    }
    if (bytes != WARM_UP) {
      Bench.say(
          "%s by %s: %.0f MB/s, CPU %.2f s/GB, at most %d MB resident",
          name, door, bytes / 1e6 / seconds, cpuSeconds * 1e9 / bytes, subject.peak() / 1024);
    }
    ApiClient.withKey(subject.server())
        .post("/api/photo/delete", Map.of("photo_id", photo.group(1)));
  }

  String plain(long bytes) throws IOException {
    try (Connection connection = new Connection(subject.port())) {
      return Uploads.fresh(subject, connection, bytes);
    }
  }

  private String chunks(long bytes, boolean asForms) throws Exception {
    String token = token();
    long count = Math.max(bytes / CHUNK, 1);
    AtomicLong next = new AtomicLong();
    AtomicReference<String> completed = new AtomicReference<>("no answer names a photo");
    Load.run(
        subject.port(),
        AT_A_TIME,
        (int) count,
        connection -> {
          long number = next.incrementAndGet();
          long from = (number - 1) * CHUNK;
          long length = number == count ? bytes - from : CHUNK;
          String[][] fields = fields(token, number, count, length, bytes);
          String answer = asForms ? form(connection, fields, from, length)
              : octets(connection, fields, from, length);
          if (PHOTO.matcher(answer).find()) {
            completed.set(answer);
          }
        });
    return completed.get();
  }

  private static String[][] fields(
      String token, long number, long count, long length, long bytes) {
    return new String[][] {
      {"resumableChunkNumber", Long.toString(number)},
      {"resumableChunkSize", Long.toString(CHUNK)},
      {"resumableCurrentChunkSize", Long.toString(length)},
      {"resumableTotalSize", Long.toString(bytes)},
      {"resumableType", "image/jpeg"},
      {"resumableIdentifier", bytes + "-bigjpg"},
      {"resumableFilename", "big.jpg"},
      {"resumableRelativePath", "big.jpg"},
      {"resumableTotalChunks", Long.toString(count)},
      {"upload_token", token}
    };
  }

  /** Resumable.js sends the fields twice, in the query and in the form. */
  private static String form(Connection connection, String[][] fields, long from, long length)
      throws IOException {
    StringBuilder before = new StringBuilder();
    for (String[] field : fields) {
      before.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"");
      before.append(field[0] + "\"\r\n\r\n" + field[1] + "\r\n");
    }
    before.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\";");
    before.append(" filename=\"big.jpg\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    String after = "\r\n--" + BOUNDARY + "--\r\n";
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    long all = before.length() + length + after.length();
    send(connection, head("POST " + REDEEM + query(fields), type, all) + "\r\n" + before);
    Content.write(connection.out(), from, length);
    send(connection, after);
    return connection.answer();
  }

  private static String octets(Connection connection, String[][] fields, long from, long length)
      throws IOException {
    String type = "application/octet-stream";
    send(connection, head("POST " + REDEEM + query(fields), type, length) + "\r\n");
    Content.write(connection.out(), from, length);
    return connection.answer();
  }

  private String patch(long bytes) throws IOException {
    String token = Base64.getEncoder().encodeToString(token().getBytes(StandardCharsets.US_ASCII));
    try (Connection connection = new Connection(subject.port())) {
      String created =
          connection.exchange(
              ascii(
                  head("POST /files/", "text/plain", 0)
                      + "Tus-Resumable: 1.0.0\r\nUpload-Length: " + bytes
                      + "\r\nUpload-Metadata: upload_token " + token + "\r\n\r\n"));
      String path = created.replaceFirst("(?s).*Location: (?:http://[^/]*)?([^\r]*)\r.*", "$1");
      send(
          connection,
          head("PATCH " + path, "application/offset+octet-stream", bytes)
              + "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n\r\n");
      Content.write(connection.out(), 0, bytes);
      connection.answer();
      return connection.exchange(ascii("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n"));
    }
  }

  private String token() throws IOException {
    try (Connection connection = new Connection(subject.port())) {
      return subject.token(connection);
    }
  }

  private static String query(String[][] fields) {
    StringBuilder query = new StringBuilder();
    for (String[] field : fields) {
      query.append(query.length() == 0 ? '?' : '&').append(field[0]).append('=');
      query.append(URLEncoder.encode(field[1], StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  private static String head(String what, String type, long length) {
    return what + " HTTP/1.1\r\nHost: bench\r\nContent-Type: " + type + "\r\nContent-Length: "
        + length + "\r\n";
  }

  private static void send(Connection connection, String text) throws IOException {
    connection.out().write(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

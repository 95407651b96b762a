package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Server;

/** A tus client that does just what it is told. */
public final class TusClient {
  private final Server server;
  private final String key;

  /** A client of that server. */
  public TusClient(Server server) {
    this(server, server.key());
  }

  /** A client of that server whose tokens come by this API key. */
  public TusClient(Server server, String key) {
    this.server = server;
    this.key = key;
  }

  /** An upload token. */
  public String token(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", "http://www.example.com/back");
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    Answer answer =
        ApiClient.of(server).withKey(key).post("/api/photo/get-upload-token", parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_token");
  }

  /** A request; headers in pairs of name and value. */
  public Answer send(String method, String path, byte[] body, String... headers) {
    var request =
        ApiClient.of(server).request(path).method(method, BodyPublishers.ofByteArray(body));
    request.setHeader("Tus-Resumable", "1.0.0");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return ApiClient.of(server).send(request);
  }

  /** A request without a body. */
  public Answer send(String method, String path, String... headers) {
    return send(method, path, new byte[0], headers);
  }

  /** Asks to create an upload. */
  public Answer create(String token, long length, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(headers, 0, all, 4, headers.length);
    all[0] = "Upload-Length";
    all[1] = Long.toString(length);
    all[2] = "Upload-Metadata";
    all[3] = metadata(token);
    return send("POST", "/files/", all);
  }

  /** Asks to create an upload, and sends bytes with that, unless there are none. */
  public Answer createWith(String token, long length, byte[] bytes, String... headers) {
    if (bytes.length == 0) {
      return create(token, length, headers);
    }
    String[] all = Arrays.copyOf(headers, headers.length + 6);
    all[headers.length] = "Upload-Length";
    all[headers.length + 1] = Long.toString(length);
    all[headers.length + 2] = "Upload-Metadata";
    all[headers.length + 3] = metadata(token);
    all[headers.length + 4] = "Content-Type";
    all[headers.length + 5] = "application/offset+octet-stream";
    return send("POST", "/files/", bytes, all);
  }

  /** Creates an upload and gives its path. */
  public String created(String token, long length, String... headers) {
    Answer answer = create(token, length, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return path(answer);
  }

  /** Asks to put parts together, given by their paths with spaces between. */
  public Answer concatenated(String token, String parts) {
    return send(
        "POST", "/files/", "Upload-Concat", "final;" + parts, "Upload-Metadata", metadata(token));
  }

  /** Where an upload is that was created. */
  public static String path(Answer created) {
    return URI.create(created.header("Location").orElseThrow()).getPath();
  }

  /** Sends bytes. */
  public Answer patch(String path, long offset, byte[] bytes, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(headers, 0, all, 4, headers.length);
    all[0] = "Upload-Offset";
    all[1] = Long.toString(offset);
    all[2] = "Content-Type";
    all[3] = "application/offset+octet-stream";
    return send("PATCH", path, bytes, all);
  }

  /** What HEAD says of the offset. */
  public long offset(String path) {
    Answer answer = send("HEAD", path);
    assertThat(answer.status()).isEqualTo(200);
    return Long.parseLong(answer.header("Upload-Offset").orElseThrow());
  }

  /** The bytes of the photo that an upload has become. */
  byte[] original(String path) {
    return ApiClient.of(server).get(originalPath(path)).body();
  }

  /** Where the file of the photo is that an upload has become. */
  public String originalPath(String path) {
    return send("GET", path).uploadedPath();
  }

  /** What an upload with that token says of its file. */
  public static String metadata(String token) {
    return "filename " + base64("cat 🐈.jpg") + ",upload_token " + base64(token);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

package slipway.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/**
 * A way by which a file comes in: as one request, byte by byte, to be cut anywhere; and as a client
 * sends it that continues or starts over afterwards.
 */
final class TestedDoor {
  private static final String FORM = "multipart/form-data; boundary=b";

  private final String name;
  private final byte[] request;
  private final Sending again;

  private TestedDoor(String name, byte[] request, Sending again) {
    this.name = name;
    this.request = request;
    this.again = again;
  }

  /** All doors of a server, each with a token of its own for one upload. */
  static List<TestedDoor> all(Server server) {
    return List.of(form(server), chunkForm(server), chunkBody(server), patch(server), own(server));
  }

  /** The others, which share code with those of {@link #all} but not the way they answer. */
  static List<TestedDoor> more(Server server) {
    return List.of(
        json(server),
        replaceForm(server),
        ownReplace(server),
        flowForm(server),
        flowBody(server),
        creation(server));
  }

  /** Head and body of the request. */
  byte[] request() {
    return request;
  }

  /** The head alone. */
  String head() {
    String text = new String(request, ISO_8859_1);
    return text.substring(0, text.indexOf("\r\n\r\n") + 4);
  }

  /** The body to the middle of its file. */
  byte[] firstHalf() {
    return Arrays.copyOfRange(request, head().length(), request.length - file().length / 2);
  }

  byte[] file() {
    return again.file();
  }

  Sending again() {
    return again;
  }

  @Override
  public String toString() {
    return name;
  }

  private static String token(Server server) {
    return ApiClient.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static byte[] sample() {
    return SampleMedia.jpeg(60, 60);
  }

  private static TestedDoor form(Server server) {
    Sending again = new Sending.ByForm(server, token(server), sample());
    byte[] body = form(Map.of("upload_token", again.token()), again.file());
    return new TestedDoor("a form", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static TestedDoor chunkForm(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), sample(), List.of(1));
    byte[] body = form(again.fields(1), again.file());
    return new TestedDoor(
        "a chunk in a form", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static TestedDoor chunkBody(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), sample(), List.of(1));
    String line = "POST " + Sending.REDEEM + "?" + ApiClient.urlencoded(again.fields(1));
    return new TestedDoor(
        "a chunk as a body", request(line, "application/octet-stream", "", again.file()), again);
  }

  private static TestedDoor patch(Server server) {
    TusSending again = new TusSending(server, token(server), sample());
    String more = "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n";
    String type = "application/offset+octet-stream";
    return new TestedDoor(
        "tus", request("PATCH " + again.begin(), type, more, again.file()), again);
  }

  /** Used by the site's own server, which has a key and needs no token. */
  static TestedDoor own(Server server) {
    Sending again =
        new Sending(server, null, sample()) {
          @Override
          String send() {
            Multipart form =
                new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", file);
            return ApiClient.withKey(server).post("/api/photo/upload", form).uploadedPath();
          }
        };
    String more = "Authorization: Bearer " + server.key() + "\r\n";
    byte[] body = form(Map.of(), again.file());
    return new TestedDoor("the site's", request("POST /api/photo/upload", FORM, more, body), again);
  }

  private static TestedDoor json(Server server) {
    Sending again = new Sending.ByForm(server, token(server), sample());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("format", "json");
    fields.put("upload_token", again.token());
    byte[] body = form(fields, again.file());
    return new TestedDoor(
        "a form for JSON", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static String photoId(Server server) {
    Multipart form = new Multipart().field("format", "json");
    return ApiClient.withKey(server)
        .post("/api/photo/upload", form.file("file", "a.jpg", "image/jpeg", sample()))
        .json()
        .getAsJsonObject("upload")
        .get("photo_id")
        .getAsString();
  }

  private static TestedDoor replaceForm(Server server) {
    String token =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-replace-token",
                Map.of("return_url", "http://a.test/", "photo_id", photoId(server)))
            .xml("/response/replace_token");
    String path = "/api/photo/redeem-replace-token";
    Sending again =
        new Sending(server, token, sample()) {
          @Override
          String send() {
            Multipart form = new Multipart().field("replace_token", token);
            return ApiClient.of(server)
                .post(path, form.file("file", "a.jpg", "image/jpeg", file))
                .returnedPath();
          }
        };
    byte[] body = form(Map.of("replace_token", token), again.file());
    return new TestedDoor("a form that replaces", request("POST " + path, FORM, "", body), again);
  }

  private static TestedDoor ownReplace(Server server) {
    String photoId = photoId(server);
    Sending again =
        new Sending(server, null, sample()) {
          @Override
          String send() {
            Multipart form = new Multipart().field("format", "json").field("photo_id", photoId);
            Answer answer =
                ApiClient.withKey(server)
                    .post("/api/photo/replace", form.file("file", "a.jpg", "image/jpeg", file));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonObject photo = answer.json().getAsJsonObject("photo");
            assertThat(photo).as(answer.text()).isNotNull();
            return "/"
                + photo.get("tree_id").getAsString()
                + "/"
                + photoId
                + "/"
                + photo.get("token").getAsString()
                + "/original";
          }
        };
    String more = "Authorization: Bearer " + server.key() + "\r\n";
    byte[] body = form(Map.of("photo_id", photoId), again.file());
    return new TestedDoor(
        "the site's that replaces", request("POST /api/photo/replace", FORM, more, body), again);
  }

  private static TestedDoor flowForm(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), sample(), List.of(1));
    byte[] body = form(flow(again), again.file());
    return new TestedDoor(
        "Flow.js's form", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static TestedDoor flowBody(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), sample(), List.of(1));
    String line = "POST " + Sending.REDEEM + "?" + ApiClient.urlencoded(flow(again));
    return new TestedDoor(
        "Flow.js's body", request(line, "application/octet-stream", "", again.file()), again);
  }

  private static Map<String, String> flow(ChunkSending sending) {
    Map<String, String> fields = new LinkedHashMap<>();
    sending
        .fields(1)
        .forEach((name, value) -> fields.put(name.replace("resumable", "flow"), value));
    return fields;
  }

  private static TestedDoor creation(Server server) {
    TusSending again = new TusSending(server, token(server), sample());
    String more =
        "Tus-Resumable: 1.0.0\r\nUpload-Length: "
            + again.file().length
            + "\r\nUpload-Metadata: "
            + TusClient.metadata(again.token())
            + "\r\n";
    String type = "application/offset+octet-stream";
    return new TestedDoor("tus creation", request("POST /files/", type, more, again.file()), again);
  }

  private static byte[] form(Map<String, String> fields, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    new LinkedHashMap<>(fields)
        .forEach((name, value) -> write(body, part("name=\"" + name + "\"") + value + "\r\n"));
    write(body, part("name=\"file\"; filename=\"a.jpg\""));
    body.writeBytes(file);
    write(body, "\r\n--b--\r\n");
    return body.toByteArray();
  }

  private static String part(String name) {
    return "--b\r\nContent-Disposition: form-data; " + name + "\r\n\r\n";
  }

  private static byte[] request(String line, String type, String more, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    write(request, line + " HTTP/1.1\r\nHost: a.test\r\n" + more + "Content-Type: " + type);
    write(request, "\r\nContent-Length: " + body.length + "\r\n\r\n");
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }
}

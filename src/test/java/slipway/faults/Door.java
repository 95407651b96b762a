package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.harness.Api;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * A way by which a file comes in: as one request, byte by byte, to be cut anywhere; and as a client
 * sends it that goes on or begins anew afterwards.
 */
final class Door {
  private static final String FORM = "multipart/form-data; boundary=b";

  private final String name;
  private final byte[] request;
  private final Sending again;

  private Door(String name, byte[] request, Sending again) {
    this.name = name;
    this.request = request;
    this.again = again;
  }

  /** All doors of a server, each with a token of its own for one upload. */
  static List<Door> all(Server server) {
    return List.of(form(server), chunkForm(server), chunkBody(server), patch(server), own(server));
  }

  /** Head and body of the request. */
  byte[] request() {
    return request;
  }

  Sending again() {
    return again;
  }

  @Override
  public String toString() {
    return name;
  }

  private static String token(Server server) {
    return Api.withKey(server)
        .post("/api/photo/get-upload-token", Map.of("return_url", "http://a.test/"))
        .xml("/response/upload_token");
  }

  private static byte[] file() {
    return SampleMedia.jpeg(60, 60);
  }

  private static Door form(Server server) {
    Sending again = new Sending.ByForm(server, token(server), file());
    byte[] body = form(Map.of("upload_token", again.token()), again.file());
    return new Door("a form", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static Door chunkForm(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), file(), List.of(1));
    byte[] body = form(again.fields(1), again.file());
    return new Door("a chunk in a form", request("POST " + Sending.REDEEM, FORM, "", body), again);
  }

  private static Door chunkBody(Server server) {
    ChunkSending again = new ChunkSending(server, token(server), file(), List.of(1));
    String line = "POST " + Sending.REDEEM + "?" + Api.urlencoded(again.fields(1));
    return new Door(
        "a chunk as a body", request(line, "application/octet-stream", "", again.file()), again);
  }

  private static Door patch(Server server) {
    TusSending again = new TusSending(server, token(server), file());
    String more = "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n";
    String type = "application/offset+octet-stream";
    return new Door("tus", request("PATCH " + again.begin(), type, more, again.file()), again);
  }

  /** The site's own server, which has a key and needs no token. */
  private static Door own(Server server) {
    Sending again =
        new Sending(server, null, file()) {
          @Override
          String send() {
            Multipart form =
                new Multipart().field("format", "json").file("file", "a.jpg", "image/jpeg", file);
            return Api.withKey(server).post("/api/photo/upload", form).uploadedPath();
          }
        };
    String more = "Authorization: Bearer " + server.key() + "\r\n";
    byte[] body = form(Map.of(), again.file());
    return new Door("the site's", request("POST /api/photo/upload", FORM, more, body), again);
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

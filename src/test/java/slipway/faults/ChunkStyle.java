package slipway.faults;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.Server;

/** The ways in which Resumable.js and Flow.js send a chunk. */
enum ChunkStyle {
  RESUMABLE_FORM("resumable", true),
  RESUMABLE_BODY("resumable", false),
  FLOW_FORM("flow", true),
  FLOW_BODY("flow", false);

  static final String IDENTIFIER = "an-identifier";

  private final String prefix;
  private final boolean isForm;

  ChunkStyle(String prefix, boolean isForm) {
    this.prefix = prefix;
    this.isForm = isForm;
  }

  /** What is said about a chunk of a file of that size, by number from 1. */
  Map<String, String> fields(String token, int number, int chunk, int size) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", token);
    fields.put(prefix + "ChunkNumber", Integer.toString(number));
    fields.put(prefix + "ChunkSize", Integer.toString(chunk));
    fields.put(prefix + "TotalSize", Integer.toString(size));
    fields.put(prefix + "Identifier", IDENTIFIER);
    fields.put(prefix + "Filename", "a.jpg");
    return fields;
  }

  Answer send(Server server, Map<String, String> fields, byte[] bytes) {
    ApiClient api = ApiClient.of(server);
    if (isForm) {
      Multipart form = new Multipart();
      fields.forEach(form::field);
      return api.post(Sending.REDEEM, form.file("file", "blob", "image/jpeg", bytes));
    }
    return api.send(
        api.request(Sending.REDEEM + "?" + ApiClient.urlencoded(fields))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(bytes)));
  }
}

package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Multipart;
import slipway.harness.OAuthSigner;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** What is done with secrets at the less usual doors, well and badly. */
final class SecretErrands {
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  private final Server server;
  private final List<String> secrets;
  private final TusClient tus;

  /** Errands to that server, which note every secret they learn. */
  SecretErrands(Server server, List<String> secrets) {
    this.server = server;
    this.secrets = secrets;
    this.tus = new TusClient(server);
  }

  private String issue() {
    return noted(tus.token("max_uploads", "5"));
  }

  private String noted(String secret) {
    assertThat(secret).hasSizeGreaterThan(15);
    secrets.add(secret);
    return secret;
  }

  /** Uploads by tus, also badly. */
  void tus() {
    byte[] jpeg = SampleMedia.jpeg(30, 30);
    String token = issue();
    String path = tus.created(token, jpeg.length);
    noted(path.substring("/files/".length()));
    tus.patch(path, 0, Arrays.copyOf(jpeg, 500));
    tus.patch(path, 7, jpeg);
    tus.patch(path, 500, Arrays.copyOfRange(jpeg, 500, jpeg.length));
    noted(tus.originalPath(path).split("/", -1)[3]);
    tus.send("HEAD", path + "?upload_token=" + token);
    tus.send("POST", "/files/", "Upload-Length", "10", "Authorization", "Bearer " + token);
    tus.send("POST", "/files/" + token, "Upload-Length", "10");
    tus.send("POST", "/files/", "Upload-Length", token, "Upload-Metadata", "upload_token " + token);
    tus.send("POST", "/files/", "Upload-Concat", "final;" + path + " /files/" + token);
    tus.send("PATCH", path, "Upload-Offset", token, "Upload-Checksum", token);
  }

  /** Uploads in chunks, also badly. */
  void chunks() {
    byte[] jpeg = SampleMedia.jpeg(30, 30);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("upload_token", issue());
    fields.put("flowChunkNumber", "1");
    fields.put("flowChunkSize", "100000");
    fields.put("flowTotalSize", Integer.toString(jpeg.length));
    fields.put("flowIdentifier", "a-secret-name-of-a-file");
    ApiClient api = ApiClient.of(server);
    api.get(REDEEM, fields);
    String path = REDEEM + "?" + ApiClient.urlencoded(fields);
    Answer done = api.post(path, "application/octet-stream", BodyPublishers.ofByteArray(jpeg));
    noted(done.uploadedPath().split("/", -1)[3]);
    Map<String, String> bad = new LinkedHashMap<>(fields);
    bad.put("flowChunkNumber", fields.get("upload_token"));
    Multipart form = new Multipart();
    bad.forEach(form::field);
    assertThat(api.post(REDEEM, form).status()).isEqualTo(415);
  }

  /** Credentials made, used and shown in ways that do not count. */
  void credentials() {
    Answer made =
        ApiClient.withKey(server)
            .post(
                "/api/credential/create",
                Map.of("name", "Secrets", "level", "write", "kind", "both", "user_id", "1"));
    String key = noted(made.xml("/response/key"));
    OAuthSigner signer =
        new OAuthSigner(
            made.xml("/response/consumer_key"),
            noted(made.xml("/response/consumer_secret")),
            noted(made.xml("/response/access_token")),
            noted(made.xml("/response/access_token_secret")));
    Map<String, String> parameters = Map.of("return_url", "http://a.test/");
    Map<String, String> signed = signer.sign("GET", server.uri(ISSUE).toString(), parameters);
    noted(signed.get("oauth_signature"));
    String path = ISSUE + "?" + ApiClient.urlencoded(parameters);
    assertThat(get(path, OAuthSigner.header(signed)).status()).isEqualTo(200);
    assertThat(get(path, OAuthSigner.header(signed)).status()).as("a nonce again").isEqualTo(401);
    ApiClient.of(server).get(path + "&" + ApiClient.urlencoded(signed));
    for (String malformed :
        List.of(
            "OAuth " + signer.tokenSecret(),
            "OAuth oauth_token=\"" + signer.token() + "\", oauth_token=\"%zz\"",
            "Bearer " + key + " " + key,
            "Basic " + key,
            key,
            "Bearer\t" + key + "x")) {
      assertThat(get(path, malformed).status()).as(malformed).isIn(400, 401);
    }
    assertThat(get(path, "Bearer " + key).status()).isEqualTo(200);
  }

  private Answer get(String path, String authorization) {
    ApiClient api = ApiClient.of(server);
    return api.send(api.request(path).header("Authorization", authorization).GET());
  }

  /** A webhook that cannot be called, with a secret of its own in its address. */
  void webhook() {
    String word = noted("hook-nobody-may-know-4711");
    String url = "http://nowhere.test:9/" + word + "?key=" + word;
    Answer made = ApiClient.withKey(server).post("/api/webhook/create", Map.of("url", url));
    noted(made.xml("/response/secret"));
    ApiClient.withKey(server).post("/api/webhook/create", Map.of("url", "ftp://" + word));
    chunks();
    Await.until("the call", () -> server.log().contains("WEBHOOK to nowhere.test], attempt 1"));
    ApiClient.withKey(server)
        .post("/api/webhook/delete", Map.of("webhook_id", made.xml("/response/webhook_id")));
  }

  /** A photo's file replaced by a token, and its renditions looked at. */
  void replacing() {
    ApiClient owner = ApiClient.withKey(server);
    Multipart upload =
        new Multipart()
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(30, 30));
    String[] path = owner.post("/api/photo/upload", upload).uploadedPath().split("/", -1);
    noted(path[3]);
    String token =
        noted(
            owner
                .post(
                    "/api/photo/get-replace-token",
                    Map.of("photo_id", path[2], "return_url", "http://a.test/"))
                .xml("/response/replace_token"));
    ApiClient api = ApiClient.of(server);
    api.get(String.join("/", "", path[1], path[2], path[3], "quad50"));
    api.get("/photo/" + path[2] + "/" + path[3]);
    api.get("/api/photo/get-transcoding-progress?photo_id=" + path[2] + "&token=" + path[3]);
    api.get("/api/upload-token/status?upload_token=" + token);
    Multipart replacement =
        new Multipart()
            .field("replace_token", token)
            .file("file", "b.jpg", "image/jpeg", SampleMedia.jpeg(30, 30));
    assertThat(api.post("/api/photo/redeem-replace-token", replacement).status()).isEqualTo(301);
  }

  /** Every door while the database has lost a table: exceptions where nobody expects them. */
  void faults() throws SQLException {
    for (String table : List.of("photo", "chunked_upload", "upload_token")) {
      String token = issue();
      byte[] jpeg = SampleMedia.jpeg(30, 30);
      String path = tus.created(issue(), jpeg.length);
      noted(path.substring("/files/".length()));
      rename(table, table + "_lost");
      try {
        ApiClient api = ApiClient.of(server);
        Multipart form =
            new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", jpeg);
        api.post(REDEEM, form);
        tus.patch(path, 0, jpeg);
        tus.send("HEAD", path);
        tus.create(token, jpeg.length);
        api.get("/upload/" + token);
        api.get("/1/1/" + token + "/original");
        api.post("/api/photo/update-upload-token", Map.of("upload_token", token, "title", "x"));
        ApiClient.withKey(server).post("/api/upload-token/revoke", Map.of("upload_token", token));
      } finally {
        rename(table + "_lost", table);
      }
    }
  }

  private void rename(String from, String to) throws SQLException {
    String url = "jdbc:sqlite:" + server.data().resolve("slipway.db");
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("alter table " + from + " rename to " + to);
    }
  }
}

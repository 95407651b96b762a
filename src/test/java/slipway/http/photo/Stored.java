package slipway.http.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Server;

/** What happened to an upload token, as its holder learns it. */
public record Stored(Server server, String token) {
  /** Checks that just these files have become photos, each once, every byte as it was. */
  public void isExactly(Path... files) {
    assertThat(originals()).containsExactlyInAnyOrderElementsOf(digests(files));
  }

  /** How many photos there are. */
  public int count() {
    return status().getAsJsonArray("photos").size();
  }

  /** How many uploads the token has left. */
  public int usesLeft() {
    return status().getAsJsonObject("uploadtoken").get("uploads_left").getAsInt();
  }

  private List<String> originals() {
    return StreamSupport.stream(status().getAsJsonArray("photos").spliterator(), false)
        .map(photo -> original(photo.getAsJsonObject()))
        .toList();
  }

  private JsonObject status() {
    Answer answer =
        ApiClient.of(server)
            .get("/api/upload-token/status", Map.of("upload_token", token, "format", "json"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private String original(JsonObject photo) {
    String path =
        String.join(
            "/",
            "",
            photo.get("tree_id").getAsString(),
            photo.get("photo_id").getAsString(),
            photo.get("token").getAsString(),
            "original");
    return digest(ApiClient.of(server).get(path).body());
  }

  private static List<String> digests(Path... files) {
    return Stream.of(files).map(Stored::digest).toList();
  }

  private static String digest(Path file) {
    try {
      return digest(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

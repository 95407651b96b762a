package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.AtOnce;
import slipway.harness.Await;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.EveryMethod;
import slipway.http.upload.tus.TusClient;

/**
 * Three servers on one PostgreSQL and one media folder: requests go to each in turn, as a balancer
 * without sticky sessions has them go.
 */
@NeedsPostgres
class ClusterIT {
  private static final Pattern METHOD = Pattern.compile("`([a-z/-]+)`");
  private static final Pattern LEVEL =
      Pattern.compile("\\| `(none|anonymous|read|write|admin|super)` \\|");

  private static final byte[] PNG = SampleMedia.png(30, 30);

  /** How often requests of which one may win come to all at once. */
  private static final int RACES = AnyContainer.ALL ? 3 : 1;

  private static final int FILES = AnyContainer.ALL ? 12 : 3;

  @TempDir private static Path folder;
  private static Nodes nodes;
  private static Server one;
  private static Server other;

  @BeforeAll
  static void start() throws Exception {
    nodes = Nodes.start(3, folder, Map.of("slipway.comments", "open"));
    one = nodes.get(0);
    other = nodes.get(1);
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  private static String token(String... more) {
    return new TusClient(one, Nodes.KEY).token(more);
  }

  /** The other node's answer about a token. */
  private static String told(String token, String field) {
    return nodes.told(1, token, field);
  }

  private static List<Answer> atOnce(int count, String token, String idempotencyKey)
      throws Exception {
    return AtOnce.run(
        count,
        i ->
            () ->
                nodes.redeem(
                    i,
                    token,
                    idempotencyKey,
                    idempotencyKey == null ? SampleMedia.png(31 + i, 30) : PNG));
  }

  private static boolean isTaken(Answer answer) {
    return answer.status() == 301 && answer.locationParameters().containsKey("photo_id");
  }

  private static List<String> photos(List<Answer> answers) {
    return answers.stream()
        .filter(ClusterIT::isTaken)
        .map(answer -> answer.locationParameters().get("photo_id"))
        .toList();
  }

  /** Many, as two nodes seldom meet at one file. */
  @Test
  void makesOnePhotoOfAFileThatWasSetAsideThoughTwoNodesRestoreIt() throws Exception {
    String aside = "2026-01-02T03-04-05Z/7";
    Path tree = Files.createDirectories(one.data().resolve("media/set-aside/" + aside));
    for (int file = 0; file < FILES; file++) {
      String name = "%032x".formatted(file + 1);
      Files.write(tree.resolve(name), SampleMedia.png(700, 500 + file));
      List<Answer> answers =
          AtOnce.run(
              2,
              i ->
                  () ->
                      nodes
                          .site(i)
                          .post("/api/set-aside/restore", Map.of("file_id", aside + "/" + name)));
      assertThat(answers)
          .map(Answer::status)
          .as(() -> answers.stream().map(Answer::text).toList().toString())
          .containsExactlyInAnyOrder(200, 404);
      assertThat(tree.resolve(name)).doesNotExist();
    }
  }

  @Test
  void makesOneFirstKeyThoughAllStartAtOnce() {
    for (Server node : nodes.all()) {
      Answer answer = ApiClient.of(node).withKey(Nodes.KEY).get("/api/credential/list", Map.of());
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.xml("/response/@total_count")).isEqualTo("1");
    }
  }

  @Test
  void isReadyAndShowsWhatAnotherTook() {
    for (Server node : nodes.all()) {
      assertThat(ApiClient.of(node).get("/health/ready").text()).contains("\"clock\":\"ok\"");
    }
    String photo = nodes.redeem(0, token(), null, PNG).locationParameters().get("photo_id");
    Answer shown =
        nodes
            .site(1)
            .get("/api/photo/list", Map.of("photo_id", photo, "include_unpublished_p", "1"));
    assertThat(shown.status()).as(shown.text()).isEqualTo(200);
    String original = shown.xml("/response/photo/@original_download");
    assertThat(nodes.site(1).get(original).body()).isEqualTo(PNG);
  }

  @Test
  void takesNoMoreUploadsThanATokenIsGoodFor() throws Exception {
    for (int round = 0; round < RACES; round++) {
      String token = token("max_uploads", "5");
      List<Answer> answers = atOnce(20, token, null);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
      int taken = photos(answers).size();
      assertThat(taken).isBetween(1, 5);
      while (taken < 5) {
        // The last uses were taken when the others asked.
        assertThat(isTaken(nodes.redeem(1, token, null, SampleMedia.png(60 + taken, 30)))).isTrue();
        taken++;
      }
      assertThat(isTaken(nodes.redeem(0, token, null, PNG))).isFalse();
      assertThat(told(token, "state")).isEqualTo("used_up");
    }
  }

  @Test
  void makesOnePhotoOfOneIdempotencyKey() throws Exception {
    String token = token("max_uploads", "4");
    List<Answer> answers = atOnce(6, token, "key");
    assertThat(photos(answers)).isNotEmpty().allMatch(photos(answers).get(0)::equals);
    assertThat(told(token, "uploads_left")).isEqualTo("3");
  }

  @Test
  @Tag("faults")
  void goesOnWithAnUploadInPiecesThoughTheOtherStartsAndItsClientComesThere() {
    TusClient tus = new TusClient(one);
    String path = tus.created(token("max_uploads", "1"), PNG.length);
    assertThat(tus.patch(path, 0, Arrays.copyOf(PNG, 20)).status()).isEqualTo(204);
    other.kill();
    other.restart();
    assertThat(tus.offset(path)).isEqualTo(20);
    assertThat(tus.patch(path, 20, Arrays.copyOfRange(PNG, 20, 30)).status()).isEqualTo(204);
    TusClient there = new TusClient(other);
    assertThat(there.offset(path)).as("waited for there").isEqualTo(30);
    byte[] rest = Arrays.copyOfRange(PNG, 30, PNG.length);
    assertThat(there.patch(path, 30, rest).status()).isEqualTo(204);
    assertThat(tus.send("HEAD", path).status()).isEqualTo(200);
  }

  /** Uploaders that cannot read the redirect send the file again. */
  @Test
  void makesOnePhotoOfTheTriesOfAScriptThoughTheyComeToAllAtOnce() throws Exception {
    for (int round = 0; round < RACES; round++) {
      String token = token("max_uploads", "10");
      List<Answer> answers = AtOnce.run(6, i -> () -> scripted(i, token));
      assertThat(photos(answers)).hasSize(6).allMatch(photos(answers).get(0)::equals);
      assertThat(told(token, "uploads_left")).isEqualTo("9");
    }
  }

  private static Answer scripted(int node, String token) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", PNG);
    ApiClient visitor = ApiClient.of(nodes.get(node));
    return visitor.send(
        visitor
            .request("/api/photo/redeem-upload-token")
            .header("Sec-Fetch-Mode", "cors")
            .header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", form.contentType())
            .POST(form.body()));
  }

  @Test
  void showsAtEachWhatWasWrittenAtAnotherByEveryMethod() throws IOException {
    Random random = new Random(1);
    EveryMethod day = new EveryMethod(() -> ApiClient.of(nodes.get(random.nextInt(3))), Nodes.KEY);
    day.live();
    assertThat(day.methods()).isEqualTo(documented());
  }

  /** The methods of the table of levels. */
  private static Set<String> documented() throws IOException {
    Set<String> methods = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("docs", "api.md"))) {
      if (LEVEL.matcher(line).lookingAt()) {
        METHOD
            .matcher(line.split("\\|")[2])
            .results()
            .forEach(found -> methods.add(found.group(1)));
      }
    }
    return methods;
  }

  @Test
  void takesNoCredentialForLongThatAnotherNodeHasRevoked() {
    Answer made =
        nodes.site(0).post("/api/credential/create", Map.of("name", "a", "level", "super"));
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    ApiClient holder = ApiClient.of(other).withKey(made.xml("/response/key"));
    Await.until("its key", () -> holder.get("/api/credential/list").status() == 200);
    Map<String, String> end = Map.of("credential_id", made.xml("/response/credential_id"));
    assertThat(nodes.site(0).post("/api/credential/revoke", end).status()).isEqualTo(200);
    Await.until("its end", () -> holder.get("/api/credential/list").status() == 401);
  }

  private static Answer chunk(int node, String token, byte[] file, int number) {
    int size = 400;
    byte[] bytes = Arrays.copyOfRange(file, number * size, (number + 1) * size);
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("resumableIdentifier", "1200-imagejpg")
            .field("resumableChunkNumber", Integer.toString(number + 1))
            .field("resumableChunkSize", Integer.toString(size))
            .field("resumableCurrentChunkSize", Integer.toString(size))
            .field("resumableTotalSize", Integer.toString(file.length))
            .file("file", "blob", "image/png", bytes);
    return ApiClient.of(nodes.get(node)).post("/api/photo/redeem-upload-token", form);
  }

  /** The upload moves to the other node, which finds that two files come under one name. */
  @Test
  void tellsNoChunkThatItIsReceivedOnceItsFileIsRefusedAtAnotherNode() {
    String token = token("max_uploads", "3");
    byte[] first = Arrays.copyOf(PNG, 1200);
    byte[] second = first.clone();
    second[60] ^= 1;
    assertThat(chunk(0, token, first, 0).status()).isEqualTo(200);
    Await.until("the conflict", () -> chunk(1, token, second, 0).status() == 415);
    for (int number = 0; number < 3; number++) {
      Answer refused = chunk(number, token, first, number);
      assertThat(refused.status()).as(refused.text()).isEqualTo(415);
    }
    assertThat(told(token, "uploads_left")).isEqualTo("3");
  }
}

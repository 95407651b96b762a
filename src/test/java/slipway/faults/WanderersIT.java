package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nodes;
import slipway.harness.OwnPostgres;
import slipway.harness.OwnPostgres.End;
import slipway.harness.Relay;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/**
 * Uploads in pieces that go from node to node, while these are killed or sleep, and their database
 * is cut off or restarted.
 */
@NeedsPostgres
@Tag("faults")
class WanderersIT {
  private static final int FILES = Integer.getInteger("slipway.faults.wanderers", 8);
  private static final int GUESTS = 4;
  private static final int TROUBLES = Integer.getInteger("slipway.faults.troubles", 6);

  @TempDir Path folder;
  private OwnPostgres postgres;
  private Relay relay;
  private Nodes nodes;
  private final Random random = new Random(23);
  private final List<Integer> kinds = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    postgres = OwnPostgres.start(Map.of());
    relay = new Relay(postgres.port());
    nodes =
        Nodes.start(
            3,
            folder,
            Map.of(
                "slipway.database",
                postgres.url().replace(":" + postgres.port(), ":" + relay.port()),
                "slipway.database.timeout-seconds",
                "3",
                "slipway.limit.anonymous-per-minute",
                "0"));
  }

  @AfterEach
  void stop() {
    nodes.close();
    relay.close();
    postgres.close();
  }

  private String link() {
    Answer answer =
        nodes
            .site(0)
            .post(
                "/api/upload-link/create",
                Map.of(
                    "name", "A wedding",
                    "max_files", Integer.toString(FILES),
                    "max_uploads", Integer.toString(FILES)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.xml("/response/upload_link");
  }

  private String guest(String link) {
    return ApiClient.of(nodes.get(1))
        .post("/api/upload-link/redeem", Map.of("upload_link", link, "format", "json"))
        .json()
        .getAsJsonObject("uploadtoken")
        .get("upload_token")
        .getAsString();
  }

  private String told(String link, String field) {
    JsonObject list = nodes.site(2).get("/api/upload-link/list", Map.of("format", "json")).json();
    JsonObject one = list.getAsJsonArray("uploadlinks").get(0).getAsJsonObject();
    assertThat(one.get("upload_link").getAsString()).isEqualTo(link);
    return one.get(field).getAsString();
  }

  @Test
  void endOnceEachAndKeepTheLastPlacesOfTheirLinkWhoeverRacesForThem() throws Exception {
    String link = link();
    List<String> guests = new ArrayList<>();
    for (int i = 0; i < GUESTS; i++) {
      guests.add(guest(link));
    }
    List<Wanderer> wanderers = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Wanderer one = new Wanderer(nodes, guests.get(i % GUESTS), i);
      one.begin();
      wanderers.add(one);
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicInteger raced = new AtomicInteger();
    try {
      List<Future<String>> paths = wanderers.stream().map(threads::submit).toList();
      Future<Integer> won = threads.submit(() -> race(guests, paths, raced));
      for (int i = 0; i < TROUBLES || paths.stream().anyMatch(path -> !path.isDone()); i++) {
        trouble();
        Thread.sleep(3000);
      }
      for (int i = 0; i < FILES; i++) {
        assertThat(ApiClient.of(nodes.get(i)).get(paths.get(i).get()).body())
            .isEqualTo(wanderers.get(i).file());
      }
      assertThat(won.get()).as("racers").isZero();
    } finally {
      threads.shutdownNow();
      wanderers.forEach(one -> System.out.println(one.told()));
      System.out.println(raced + " races, troubles " + kinds);
    }
    assertThat(told(link, "files")).isEqualTo(Integer.toString(FILES));
    Await.until("its uses", () -> told(link, "uploads_in_progress").equals("0"));
  }

  /** How often somebody else got a place while the files were under way. */
  private int race(List<String> guests, List<Future<String>> paths, AtomicInteger raced)
      throws InterruptedException {
    int won = 0;
    for (int i = 0; paths.stream().anyMatch(path -> !path.isDone()); i++) {
      try {
        Answer answer =
            nodes.redeem(i, guests.get(i % GUESTS), null, SampleMedia.png(30, 31 + i % 500));
        won += isTaken(answer) ? 1 : 0;
        raced.incrementAndGet();
      } catch (RuntimeException e) {
        // Its node is away.
      }
      Thread.sleep(100);
    }
    return won;
  }

  private static boolean isTaken(Answer answer) {
    return answer.status() == 301 && answer.locationParameters().containsKey("photo_id");
  }

  private void trouble() throws IOException, InterruptedException {
    int kind = random.nextInt(5);
    kinds.add(kind);
    Server node = nodes.get(random.nextInt(3));
    switch (kind) {
      case 0 -> sleep(node, 2000);
      case 1 -> sleep(node, 40_000);
      case 2 -> {
        node.kill();
        node.restart();
      }
      case 3 -> {
        postgres.stop(End.AT_ONCE);
        postgres.start();
      }
      default -> {
        relay.loseAnswers();
        Thread.sleep(1000);
        relay.cut();
        relay.mend();
      }
    }
  }

  private static void sleep(Server node, long millis) throws IOException, InterruptedException {
    signal("STOP", node);
    Thread.sleep(millis);
    signal("CONT", node);
  }

  private static void signal(String name, Server server) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}

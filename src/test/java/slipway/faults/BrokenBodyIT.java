package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;
import slipway.harness.SmallServer;

/** A body that does not arrive whole is never answered as if something had been done. */
class BrokenBodyIT {
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final byte[] KEYS =
      "return_url=http%3A%2F%2Fa.test%2F&format=json&title=".getBytes(US_ASCII);
  private static final byte[] MULTIPART =
      ("--b\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\njson\r\n"
              + "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n")
          .getBytes(US_ASCII);

  /** A request that was broken, and the connection to be answered. */
  private record Broken(BodyFault fault, TestedDoor door, RawConnection connection) {
    String name() {
      return door + ", " + fault;
    }

    /** The statuses at which its client does the right thing. */
    List<Integer> statuses() {
      boolean isTus = door.toString().startsWith("tus");
      boolean isChunk = door.toString().contains("chunk") || door.toString().contains("Flow");
      int cut = isTus ? 503 : isChunk || fault.isStall() ? 408 : 400;
      // For a bad chunk size Jetty only reports that the body ended early.
      return fault == BodyFault.BAD_CHUNK ? List.of(400, cut) : List.of(cut);
    }
  }

  /** All begin before the first is looked at, as those that stall wait for the idle limit. */
  @ParameterizedTest
  @AnyContainer
  void isAnsweredAsSuchByEveryDoorAndMethodWhichKeepNothingOfIt(Container container)
      throws IOException {
    Server server = SmallServer.on(container);
    try (DataFolder data = new DataFolder(server.data());
        RawConnection dead = beginWithADeadToken(server)) {
      List<String> before = new ArrayList<>(data.incoming());
      before.addAll(data.unfinished());
      List<Broken> uploads = breakUploads(server);
      Map<String, RawConnection> calls = breakCalls(server);
      isNoUploadAtAnyDoor(server, uploads, data, before);
      isAnsweredInTheFormThatItsBeginningAskedFor(calls);
      // Tomcat ends one that sends nothing more by its own idle limit, with 408.
      assertThat(dead.answer().map(Answer::status).orElseThrow()).isIn(404, 408);
      GoneClients.leaveNothing(server);
    }
  }

  private static RawConnection beginWithADeadToken(Server server) throws IOException {
    return RawConnection.to(server)
        .send(
            """
            POST /api/photo/redeem-upload-token HTTP/1.1
            Host: localhost
            Content-Type: multipart/form-data; boundary=b
            Content-Length: 1000000000

            --b
            Content-Disposition: form-data; name="upload_token"

            0000000000000000000000000000000000000000
            --b
            Content-Disposition: form-data; name="file"; filename="a.jpg"

            """
                .replace("\n", "\r\n"));
  }

  private static List<Broken> breakUploads(Server server) throws IOException {
    List<Broken> all = new ArrayList<>();
    for (BodyFault fault : BodyFault.values()) {
      for (TestedDoor door : doors(server, fault)) {
        byte[] half = door.firstHalf();
        all.add(new Broken(fault, door, fault.send(server, door.head(), half)));
      }
    }
    return all;
  }

  /**
   * Fails otherwise.
   *
   * @param before the files of unfinished uploads of other tests
   */
  private static void isNoUploadAtAnyDoor(
      Server server, List<Broken> all, DataFolder data, List<String> before) throws IOException {
    int kept = data.kept().size();
    SoftAssertions answers = new SoftAssertions();
    for (Broken broken : all) {
      check(broken, answers);
    }
    answers.assertAll();
    assertThat(data.kept()).as("nothing was stored").hasSize(kept);
    for (Broken broken : all) {
      String path = broken.door().again().send();
      assertThat(ApiClient.of(server).get(path).body())
          .as("the use is back: %s", broken.name())
          .isEqualTo(broken.door().file());
    }
    assertThat(data.incoming()).isSubsetOf(before);
    assertThat(data.unfinished()).isSubsetOf(before);
  }

  /** The file is there by then, but nobody can tell whether that was all. */
  @ParameterizedTest
  @EnumSource(Container.class)
  void isNoUploadWhereItIsCutAfterTheFinalBoundary(Container container) throws IOException {
    Server server = Server.shared(container);
    for (TestedDoor door : TestedDoor.all(server)) {
      if (!door.head().contains("multipart")) {
        continue;
      }
      int length = door.request().length - door.head().length();
      String head =
          door.head().replaceFirst("Content-Length: \\d+", "Content-Length: " + (length + 10));
      byte[] body = Arrays.copyOfRange(door.request(), door.head().length(), door.request().length);
      try (RawConnection cut = RawConnection.to(server).send(head).send(body)) {
        cut.endSending();
        assertThat(cut.answer().map(Answer::status).orElseThrow())
            .as(door.toString())
            .isIn(400, 408);
      }
      String path = door.again().send();
      assertThat(ApiClient.of(server).get(path).body()).isEqualTo(door.file());
    }
  }

  /** But for those that wait for the idle limit. */
  @ParameterizedTest
  @AnyContainer({Container.JETTY_12, Container.TOMCAT_11})
  void isNoUploadOnAnyContainerWhateverIsWrongWithIt(Container container) throws IOException {
    Server server = Server.shared(container);
    SoftAssertions answers = new SoftAssertions();
    for (BodyFault fault : BodyFault.values()) {
      if (!fault.isStall()) {
        for (TestedDoor door : TestedDoor.all(server)) {
          check(
              new Broken(fault, door, fault.send(server, door.head(), door.firstHalf())), answers);
          assertThat(ApiClient.of(server).get(door.again().send()).body())
              .as("the use is back: %s, %s", door, fault)
              .isEqualTo(door.file());
        }
      }
    }
    answers.assertAll();
  }

  /**
   * The doors that share their code with others get two of the faults, and all in {@code mvn
   * -Pfaults verify}.
   */
  private static List<TestedDoor> doors(Server server, BodyFault fault) {
    List<TestedDoor> all = TestedDoor.all(server);
    return AnyContainer.ALL || fault == BodyFault.HALF_CLOSE || fault == BodyFault.BAD_CHUNK
        ? Stream.concat(all.stream(), TestedDoor.more(server).stream()).toList()
        : all;
  }

  private static void check(Broken broken, SoftAssertions answers) throws IOException {
    try (RawConnection connection = broken.connection()) {
      Optional<Answer> answer = connection.answer();
      answers.assertThat(answer).as(broken.name()).isPresent();
      if (answer.isEmpty()) {
        return;
      }
      answers
          .assertThat(answer.get().status())
          .as("%s: %s", broken.name(), answer.get().text())
          .isIn(broken.statuses());
      answers.assertThat(connection.answer()).as("%s: closed", broken.name()).isEmpty();
      if (broken.door().toString().startsWith("tus")) {
        answers.assertThat(answer.get().header("Tus-Resumable")).contains("1.0.0");
      }
    }
  }

  private static Map<String, RawConnection> breakCalls(Server server) throws IOException {
    Map<String, RawConnection> connections = new LinkedHashMap<>();
    for (String path : List.of(ISSUE, "/api/echo", "/api/photo/update-upload-token")) {
      for (BodyFault fault : BodyFault.values()) {
        String form = head(path, "application/x-www-form-urlencoded", server);
        connections.put(path + " " + fault, fault.send(server, form, KEYS));
        String parts = head(path, "multipart/form-data; boundary=b", server);
        connections.put(path + " in parts " + fault, fault.send(server, parts, MULTIPART));
      }
    }
    return connections;
  }

  private static void isAnsweredInTheFormThatItsBeginningAskedFor(
      Map<String, RawConnection> connections) throws IOException {
    for (var broken : connections.entrySet()) {
      checkMethod(broken.getKey(), broken.getValue());
    }
  }

  private static String head(String path, String type, Server server) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer "
        + server.key()
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: 1000\r\n\r\n";
  }

  private static void checkMethod(String of, RawConnection connection) throws IOException {
    try (connection) {
      Answer answer = connection.answer().orElseThrow();
      String name = of + ": " + answer.text();
      assertThat(answer.status()).as(name).isEqualTo(of.contains("STALL") ? 408 : 400);
      assertThat(answer.json().get("code").getAsString()).as(name).isEqualTo("invalid_input");
    }
  }
}

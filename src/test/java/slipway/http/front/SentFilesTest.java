package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.net.FilePart;

class SentFilesTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path folder;

  private final Map<String, Object> attributes = new HashMap<>();
  private final List<String> released = new ArrayList<>();
  private String protocol = "HTTP/1.1";
  private long now;
  private Path links;
  private Path file;
  private SentFiles files;

  @BeforeEach
  void open() throws IOException {
    links = Files.createDirectory(folder.resolve("fd"));
    file = Files.createFile(folder.resolve("a")).toRealPath();
    files = files(SentFiles.MOST_PACE);
    attributes.put("org.apache.tomcat.sendfile.support", true);
  }

  private SentFiles files(long pace) {
    return new SentFiles(new Pace(pace, Duration.ofSeconds(1)), links, () -> now);
  }

  private Path opened(int number, String target) throws IOException {
    return Files.createSymbolicLink(links.resolve("" + number), Path.of(target));
  }

  private HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                  case "getDispatcherType" -> DispatcherType.REQUEST;
                  case "getProtocol" -> protocol;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private boolean isTaken(SentFiles by, long length) {
    return by.take(request(), new FilePart(file, 10, length));
  }

  private void look() {
    now += SECOND;
    files.look();
  }

  @Test
  void tellTomcatWhichBytesToSend() throws IOException {
    opened(7, file.toString());
    assertThat(isTaken(files, SentFiles.LEAST_BYTES)).isTrue();
    SentFiles.leave(request(), new FilePart(file, 10, 500_000));
    assertThat(attributes)
        .containsEntry("org.apache.tomcat.sendfile.filename", file.toString())
        .containsEntry("org.apache.tomcat.sendfile.start", 10L)
        .containsEntry("org.apache.tomcat.sendfile.end", 500_010L);
  }

  @Test
  void areNotLeftWhereTheirEndCouldNotBeSeen() {
    assertThat(isTaken(files, 500_000)).isFalse();
    assertThat(isTaken(new SentFiles(new Pace(1, Duration.ofSeconds(1)), file, () -> 0), 500_000))
        .isFalse();
  }

  @Test
  void areNotLeftToTomcatWhereReadersMustBeFaster() throws IOException {
    opened(7, file.toString());
    assertThat(isTaken(files(SentFiles.MOST_PACE + 1), 500_000)).isFalse();
    assertThat(isTaken(files, SentFiles.LEAST_BYTES - 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/2.0, true,",
    "HTTP/1.1, false,",
    "HTTP/1.1,,",
    "HTTP/1.1, true, TLS_AES_128_GCM_SHA256",
  })
  void areNotLeftToOneThatCopiesOrMapsThem(String by, Boolean support, String cipher)
      throws IOException {
    opened(7, file.toString());
    protocol = by;
    attributes.put("org.apache.tomcat.sendfile.support", support);
    attributes.put("jakarta.servlet.request.cipher_suite", cipher);
    assertThat(isTaken(files, 500_000)).isFalse();
  }

  @Test
  void holdTheirSlotsAsLongAsTheyAreOpen() throws IOException {
    Path link = opened(7, file.toString());
    opened(8, "socket:[123]");
    files.hold(file, () -> released.add("first"));
    look();
    assertThat(released).isEmpty();
    Files.delete(link);
    look();
    assertThat(released).containsExactly("first");
  }

  @Test
  void holdTheirSlotsThoughTheyWereDeleted() throws IOException {
    Path link = opened(7, file + " (deleted)");
    files.hold(file, () -> released.add("first"));
    Files.delete(file);
    look();
    assertThat(released).isEmpty();
    Files.delete(link);
    look();
    assertThat(released).containsExactly("first");
  }

  @Test
  void holdAsManySlotsAsThereAreOfOneFile() throws IOException {
    Path link = opened(7, file.toString());
    opened(8, file.toString());
    files.hold(file, () -> released.add("first"));
    files.hold(file, () -> released.add("second"));
    look();
    assertThat(released).isEmpty();
    Files.delete(link);
    look();
    assertThat(released).containsExactly("first");
  }

  @Test
  void areToldFromThoseThatAreOpenForOthers() throws IOException {
    opened(7, file.toString());
    Path own = files.enterOwn(file);
    files.hold(own, () -> released.add("first"));
    look();
    assertThat(released).containsExactly("first");
    files.leaveOwn(own);
    files.hold(own, () -> released.add("second"));
    look();
    assertThat(released).containsExactly("first");
  }

  @Test
  void areGivenTheTimeToBeOpened() {
    files.hold(file, () -> released.add("first"));
    files.look();
    now += 30_000_000;
    files.look();
    assertThat(released).isEmpty();
    assertThat(files.mayHaveEnded()).isTrue();
    look();
    assertThat(released).containsExactly("first");
    assertThat(files.mayHaveEnded()).isFalse();
  }
}

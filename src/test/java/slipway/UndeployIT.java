package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** The WAR is taken out of a Tomcat and put in again while a request of the first still runs. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class UndeployIT {
  private static final int SIZE = 600_000;

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_10", "TOMCAT_11"})
  void aRequestThatOutlivesItSpoilsNoUpload(Container container) throws Exception {
    byte[] file;
    try (InputStream jpeg = SampleMedia.largeJpeg(SIZE).get()) {
      file = jpeg.readAllBytes();
    }
    try (Server server =
        Server.on(container)
            .jvm("-Dharness.manager=true")
            .packed()
            .setting("slipway.shutdown.seconds", "0")
            .start()) {
      TusClient tus = new TusClient(server);
      String path = tus.created(tus.token(), SIZE);
      RawConnection old = RawConnection.to(server);
      old.send(
          "PATCH "
              + path
              + " HTTP/1.1\r\nHost: a\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
              + SIZE
              + "\r\n\r\n");
      old.send(Arrays.copyOf(file, 200_000));
      await(() -> incomingBytes(server) > 0);
      assertThat(manager(server, "undeploy?path=/")).startsWith("OK");
      assertThat(manager(server, "deploy?path=/&war=file:" + server.war())).startsWith("OK");
      int offset = (int) tus.offset(path);
      assertThat(offset).isBetween(1, 200_000);
      assertThat(tus.patch(path, offset, Arrays.copyOfRange(file, offset, 450_000)).status())
          .isEqualTo(204);
      end(old, Arrays.copyOfRange(file, 200_000, 300_000));
      await(() -> !manager(server, "threaddump").contains("slipway.http.upload.tus"));
      assertThat(tus.offset(path)).isEqualTo(450_000);
      assertThat(tus.patch(path, 450_000, Arrays.copyOfRange(file, 450_000, SIZE)).status())
          .isEqualTo(204);
      assertThat(ApiClient.of(server).get(tus.originalPath(path)).body()).isEqualTo(file);
    }
  }

  /** Sends some more and closes the connection. */
  private static void end(RawConnection connection, byte[] more) {
    try (connection) {
      connection.send(more);
      connection.reset();
    } catch (IOException e) {
      // The server was first.
    }
  }

  private static long incomingBytes(Server server) {
    try (Stream<Path> files = Files.list(server.data().resolve("media/incoming"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static String manager(Server server, String command) {
    return ApiClient.of(server).get("/manager/text/" + command).text();
  }
}

package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An nginx with its default buffers, as {@code docs/operations.md} has it, before one server or
 * several.
 */
public final class Nginx implements AutoCloseable {
  private static final Pattern HEADER = Pattern.compile("(?m)^ +proxy_set_header .*;");
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final String FRAME =
      """
      daemon off;
      master_process off;
      pid HOME/nginx.pid;
      error_log HOME/error.log;
      events {}
      http {
        access_log off;
        client_body_temp_path HOME/body;
        proxy_temp_path HOME/proxy;
        fastcgi_temp_path HOME/fastcgi;
        uwsgi_temp_path HOME/uwsgi;
        scgi_temp_path HOME/scgi;
        SERVERS
      }
      """;

  private final Path home = Build.newFolder("servers", "nginx");
  private final int port;
  private final Process process;

  private Nginx(Path program, IntFunction<String> servers) throws IOException {
    this.port = freePort();
    String configuration =
        FRAME.replace("SERVERS", servers.apply(port)).replace("HOME", home.toString());
    Path file = Files.writeString(home.resolve("nginx.conf"), configuration);
    this.process =
        new ProcessBuilder(program.toString(), "-p", home.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output.log").toFile())
            .start();
    awaitStart();
  }

  /** Starts one; where it is not installed, the test is skipped as {@link Tool} does. */
  public static Nginx before(Server server) {
    return before(server, "");
  }

  /** Likewise, with more locations than the one that asks the server. */
  public static Nginx before(Server server, String locations) {
    return before(List.of(server), locations);
  }

  /** Starts one that passes each request to the next of those servers. */
  public static Nginx before(List<Server> servers) {
    return before(servers, "");
  }

  private static Nginx before(List<Server> servers, String locations) {
    return of(port -> servers(servers, locations, port));
  }

  /**
   * Starts one with upstreams and servers of a test's own.
   *
   * @param servers gives them for the port that they are to listen on
   */
  public static Nginx of(IntFunction<String> servers) {
    try {
      return new Nginx(Tool.require("nginx"), servers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that reaches the server by way of it. */
  public ApiClient client() {
    return ApiClient.at(URI.create("http://127.0.0.1:" + port + "/"));
  }

  private static String servers(List<Server> servers, String locations, int port) {
    return """
        upstream slipway {
          SERVERS
        }
        server {
          listen 127.0.0.1:PORT;
          client_max_body_size 0;
          location / {
            proxy_pass http://slipway;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            HEADERS
          }
          LOCATIONS
        }
        """
        .replace("HEADERS", headers())
        .replace("LOCATIONS", locations)
        .replace("PORT", Integer.toString(port))
        .replace(
            "SERVERS",
            servers.stream()
                .map(server -> "server 127.0.0.1:" + server.port() + ";")
                .collect(Collectors.joining("\n")));
  }

  /** The docs' own lines. */
  private static String headers() {
    try {
      return HEADER
          .matcher(Docs.page("operations").text())
          .results()
          .map(MatchResult::group)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException {
    Instant end = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try (RawConnection ready = RawConnection.to(port)) {
        return;
      } catch (IOException e) {
        pause();
      }
    }
    close();
    throw new IllegalStateException(
        "nginx did not start:\n" + Files.readString(home.resolve("output.log")));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Build.delete(home);
  }
}

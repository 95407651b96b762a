package slipway.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

@ParameterizedClass
@AnyContainer
class HarnessIT {
  @Parameter Container container;

  @Test
  void deploysTheWarAndKeepsItsInsidesPrivate() {
    ApiClient api = ApiClient.of(Server.shared(container));
    assertThat(api.get("/WEB-INF/web.xml").status()).isEqualTo(404);
    assertThat(api.get("/no/such/page").status()).isEqualTo(404);
  }

  @Tag("faults")
  @Test
  void startsAgainOnTheSamePortAfterAKillAndStopsInAnOrderlyWay(@TempDir Path folder)
      throws IOException {
    Path war = warWithListener(Witness.class.getName(), folder);
    try (Server server =
        Server.on(container).war(war).jvm("-Xmx128m").setting("a.b", "set").start()) {
      long killed = server.pid();
      int port = server.port();
      server.kill();
      assertThat(server.log()).contains("a.b is set").doesNotContain("stopped");
      assertThatThrownBy(() -> RawConnection.to(port)).isInstanceOf(ConnectException.class);
      server.restart();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.pid()).isNotEqualTo(killed);
      try (RawConnection connection = RawConnection.to(server)) {
        connection.send("GET /WEB-INF/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(connection.answer())
            .hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(404));
      }
      server.stop();
      assertThat(server.log()).contains("a.b is stopped");
    }
  }

  /** Part of a small WAR: tells the log what the container does with it. */
  public static final class Witness implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      System.out.println("a.b is " + System.getProperty("a.b"));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      System.out.println("a.b is stopped");
    }
  }

  @Tag("faults")
  @Test
  void saysWhyAWarDoesNotDeploy(@TempDir Path folder) throws IOException {
    Server.Builder server = Server.on(container).war(warWithListener("no.such.Listener", folder));
    assertThatThrownBy(server::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with status 1")
        .hasMessageContaining("no.such.Listener");
  }

  private static Path warWithListener(String listener, Path folder) throws IOException {
    Path war = folder.resolve("small.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
      String xml =
          """
          <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
            <listener><listener-class>%s</listener-class></listener>
          </web-app>
          """;
      zip.write(xml.formatted(listener).getBytes(StandardCharsets.UTF_8));
    }
    return war;
  }
}

package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.harness.SmtpServer;
import slipway.scan.StubClamd;

/**
 * A Tomcat whose manager may take the WAR out and put it in again, one of each version for all
 * tests of this JVM; started at first use, closed at the end. It makes renditions, sends e-mails
 * and has all files scanned for viruses.
 */
public final class ManagedServer {
  /** Among them what catalina.sh gives to Java, so that Tomcat can look for what is left. */
  private static final String[] JVM = {
    "-Dharness.manager=true",
    // Soft references of the JDK's caches last as long as memory is free.
    "-XX:SoftRefLRUPolicyMSPerMB=0",
    // The first deployment has the WAR's classes verified in an archive; the next would verify
    // them.
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"
  };

  private static final Map<Container, ManagedServer> STARTED = new ConcurrentHashMap<>();

  private final SmtpServer smtp = new SmtpServer();
  private final Server server;
  private StubClamd clamd;

  private ManagedServer(Container container) throws IOException {
    clamd = StubClamd.at(0);
    server =
        Server.on(container)
            .packed()
            .withRenditions()
            .jvm(JVM)
            .setting("slipway.base-url", "https://media.test")
            .setting("slipway.mail.host", "127.0.0.1")
            .setting("slipway.mail.port", Integer.toString(smtp.port()))
            .setting("slipway.mail.security", "none")
            .setting("slipway.mail.from", "photos@media.test")
            .setting("slipway.mail.settle", "1s")
            .setting("slipway.mail.pause", "1s")
            .setting("slipway.scan.clamd", "127.0.0.1:" + clamd.port())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  /** That Tomcat, with the WAR in it. */
  public static ManagedServer on(Container tomcat) {
    ManagedServer one = STARTED.computeIfAbsent(tomcat, ManagedServer::started);
    if (!one.isDeployed()) {
      one.deploy();
    }
    return one;
  }

  private static ManagedServer started(Container tomcat) {
    try {
      return new ManagedServer(tomcat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Server server() {
    return server;
  }

  /** What looks for viruses. */
  public StubClamd clamd() {
    return clamd;
  }

  /** Has nothing look for viruses until {@link #findClamd}. */
  public void loseClamd() throws IOException {
    clamd.close();
  }

  /** Has something look for viruses again, where it was. */
  public void findClamd(int port) throws IOException {
    clamd = StubClamd.at(port);
  }

  /** Where e-mails arrive. */
  SmtpServer smtp() {
    return smtp;
  }

  boolean isDeployed() {
    return ApiClient.of(server).get("/health/live").status() == 200;
  }

  void deploy() {
    assertThat(manager("deploy?path=/&war=file:" + server.war())).startsWith("OK");
  }

  void undeploy() {
    assertThat(manager("undeploy?path=/")).startsWith("OK");
  }

  /** What the manager answers to a command. */
  String manager(String command) {
    return ApiClient.of(server).get("/manager/text/" + command).text();
  }
}

package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Runs a WAR on Jetty 12 (EE 10) as its distribution does, in the JVM it is the main class of. */
final class JettyLauncher {
  private JettyLauncher() {}

  /** Arguments: see {@link Launch}. */
  public static void main(String[] args) {
    Launch.run(args, JettyLauncher::start);
  }

  private static int start(Launch launch) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(Launch.threads());
    if (Launch.onVirtualThreads()) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(launch.port());
    connector.setIdleTimeout(Launch.idleMillis(30_000)); // as in the distribution's http.ini
    connector.setAcceptedSendBufferSize(Launch.sendBuffer());
    server.addConnector(connector);
    WebAppContext context = context(launch);
    server.setHandler(context);
    server.setStopTimeout(5_000); // as in the distribution's jetty.xml
    server.setStopAtShutdown(true);
    server.start();
    tellMappings(context, launch);
    Linking.run(context.getClassLoader());
    return connector.getLocalPort();
  }

  /** Those of the WAR, not what Jetty adds to every application. */
  private static void tellMappings(WebAppContext context, Launch launch) throws IOException {
    List<String> patterns =
        Stream.of(context.getServletHandler().getServletMappings())
            .filter(mapping -> !mapping.isFromDefaultDescriptor())
            .flatMap(mapping -> Stream.of(mapping.getPathSpecs()))
            .toList();
    Files.write(launch.mappings(), patterns);
  }

  private static WebAppContext context(Launch launch) {
    WebAppContext context = new WebAppContext();
    context.setContextPath(Launch.contextPath().isEmpty() ? "/" : Launch.contextPath());
    Launch.contextParameters().forEach(context::setInitParameter);
    context.setWar(launch.war().toString());
    context.setTempDirectory(launch.work().toFile());
    context.setThrowUnavailableOnStartupException(true);
    return context;
  }
}

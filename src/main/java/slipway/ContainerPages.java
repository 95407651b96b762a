package slipway;

import jakarta.servlet.ServletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the container answer in plain words what never gets to an application, such as an address
 * that is too long: its own pages tell its name and version. The servlet API has no way to do that,
 * so each container is asked in its own way. A container that differs from what is known here, or
 * was given other pages already, keeps its pages. Closing this leaves the container as it was.
 */
final class ContainerPages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerPages.class);

  private final Undo undo;

  private ContainerPages(Undo undo) {
    this.undo = undo;
  }

  /** Replaces the pages of the container that has this context. */
  static ContainerPages replace(ServletContext context) {
    return new ContainerPages(undoOf(context));
  }

  private static Undo undoOf(ServletContext context) {
    String server = context.getServerInfo();
    try {
      if (server.startsWith("jetty/")) {
        return JettyPages.replace(context);
      }
      return server.startsWith("Apache Tomcat/") ? TomcatPages.replace(context) : Undo.NOTHING;
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.info("{} keeps its own error pages for malformed requests: {}", server, e.toString());
      return Undo.NOTHING;
    }
  }

  @Override
  public void close() throws ReflectiveOperationException {
    undo.run();
  }
}

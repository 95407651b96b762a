package slipway;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: builds every part from the settings, and closes them in reverse order. */
public final class Slipway implements ServletContextListener {
  private static final Logger LOG = LoggerFactory.getLogger(Slipway.class);

  private final Closing closing = new Closing();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      start(event.getServletContext());
    } catch (IOException | RuntimeException e) {
      closing.close();
      LOG.error("Slipway could not start: {}", e.getMessage());
      throw new IllegalStateException("Slipway could not start: " + e.getMessage(), e);
    }
  }

  private void start(ServletContext context) throws IOException {
    String webapp = context.getRealPath("/");
    Settings settings =
        Settings.read(context::getInitParameter, webapp == null ? null : Path.of(webapp));
    Stores stores = Stores.open(settings, closing);
    FirstStart.run(settings, stores.users(), stores.credentials());
    new ApiMethods(context, settings, stores).register();
    new Pages(context, settings, stores).register();
    LOG.info("Slipway is ready; its data is in {}", settings.data());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    closing.close();
  }
}

package slipway.harness;

import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;

/** Runs a WAR on Tomcat as a default installation does, in the JVM it is the main class of. */
final class TomcatLauncher {
  private TomcatLauncher() {}

  /** Arguments: see {@link Launch}. */
  public static void main(String[] args) {
    Launch.run(args, TomcatLauncher::start);
  }

  private static int start(Launch launch) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(launch.work().toString());
    Files.createDirectories(launch.work().resolve("webapps"));
    Connector connector = connector(launch.port());
    tomcat.setConnector(connector);
    ((StandardHost) tomcat.getHost())
        .setUnpackWARs(Boolean.parseBoolean(System.getProperty("harness.unpack", "true")));
    if (Boolean.getBoolean("harness.manager")) {
      TomcatManager.install(tomcat, launch);
    } else {
      Registry.disableRegistry(); // of MBeans, which only the manager asks: a tenth of a start
      Context context = tomcat.addWebapp(Launch.contextPath(), launch.war().toString());
      Launch.contextParameters().forEach(context::addParameter);
      context.addLifecycleListener(TomcatLauncher::removeJsp);
    }
    tomcat.start();
    Context application = (Context) tomcat.getHost().findChild(Launch.contextPath());
    if (application.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("Tomcat did not deploy " + launch.war() + ", see above");
    }
    Linking.run(application.getLoader().getClassLoader());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    return connector.getLocalPort();
  }

  private static Connector connector(int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    // As in the distribution's server.xml.
    connector.setProperty("connectionTimeout", Integer.toString(Launch.idleMillis(20_000)));
    connector.setProperty("maxThreads", Integer.toString(Launch.threads()));
    if (Launch.sendBuffer() >= 0) {
      connector.setProperty("socket.txBufSize", Integer.toString(Launch.sendBuffer()));
    }
    Launch.connector().forEach(connector::setProperty);
    if (Launch.onVirtualThreads()) {
      connector.setProperty("useVirtualThreads", "true");
      connector.setProperty("maxConnections", "12000"); // as in the docs
    }
    return connector;
  }

  /** The WAR has no JSP, and the log no stack trace of a JSP engine that is not there. */
  private static void removeJsp(LifecycleEvent event) {
    if (event.getType().equals(Lifecycle.BEFORE_START_EVENT)) {
      Context context = (Context) event.getSource();
      context.removeServletMapping("*.jsp");
      context.removeServletMapping("*.jspx");
      context.removeChild(context.findChild("jsp"));
    }
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}

package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.manager.ManagerServlet;
import org.apache.catalina.startup.HostConfig;
import org.apache.catalina.startup.Tomcat;

/**
 * Has Tomcat deploy the WAR from its folder {@code webapps}, as an installed one does, and answer
 * to the commands of its own manager at {@code /manager/text/}.
 */
final class TomcatManager {
  private static final String DEFAULTS =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <servlet>
          <servlet-name>default</servlet-name>
          <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>default</servlet-name>
          <url-pattern>/</url-pattern>
        </servlet-mapping>
        <mime-mapping><extension>js</extension><mime-type>text/javascript</mime-type></mime-mapping>
        <mime-mapping><extension>css</extension><mime-type>text/css</mime-type></mime-mapping>
      </web-app>
      """;

  private TomcatManager() {}

  static void install(Tomcat tomcat, Launch launch) throws IOException {
    Path base = launch.work();
    Files.writeString(Files.createDirectories(base.resolve("conf")).resolve("web.xml"), DEFAULTS);
    Files.copy(launch.war(), base.resolve("webapps/ROOT.war"));
    JreMemoryLeakPreventionListener listener = new JreMemoryLeakPreventionListener();
    listener.setAppContextProtection(true); // as in the docs
    tomcat.getServer().addLifecycleListener(listener);
    tomcat.getHost().addLifecycleListener(new HostConfig());
    Context manager = tomcat.addContext("/manager", base.toString());
    manager.setPrivileged(true);
    Tomcat.addServlet(manager, "manager", ManagerServlet.class.getName());
    manager.addServletMappingDecoded("/text/*", "manager");
  }
}

package slipway.harness;

import java.nio.file.Path;

/** The servlet containers that the WAR must run on. */
public enum Container {
  JETTY_12("jetty12", JettyLauncher.class),
  TOMCAT_10("tomcat10", TomcatLauncher.class),
  TOMCAT_11("tomcat11", TomcatLauncher.class);

  private final String folder;
  private final Class<?> launcher;

  Container(String folder, Class<?> launcher) {
    this.folder = folder;
    this.launcher = launcher;
  }

  /** The name of the folder of the container's jars, which serves as a short name, too. */
  String folder() {
    return folder;
  }

  /** The main class that deploys a WAR on this container. */
  String mainClass() {
    return launcher.getName();
  }

  /** The container's own jars and the launchers: no library of the WAR or of the tests. */
  String classPath() {
    return jars() + "/*:" + Build.directory().resolve("test-classes");
  }

  /** The folder of the container's own jars. */
  Path jars() {
    return Build.directory().resolve("containers").resolve(folder);
  }
}

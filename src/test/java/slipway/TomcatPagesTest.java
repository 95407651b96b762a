package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Tomcat that an application comes to and leaves. */
class TomcatPagesTest {
  private static final String EVERY = "errorCode.0";

  @TempDir Path folder;

  @Test
  void leavesTheHostAsItWas() throws Exception {
    Path page = Files.createDirectories(folder.resolve("app/WEB-INF")).resolve("error.html");
    Files.writeString(page, "Something went wrong here.");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    Context context = tomcat.addContext("", folder.resolve("app").toString());
    tomcat.getHost(); // Without a connector: nobody is to call it.
    try {
      tomcat.getServer().start();
      ErrorReportValve valve = valve(context);
      Undo undo = TomcatPages.replace(context.getServletContext());
      assertThat(valve.getProperty(EVERY)).isEqualTo(page.toString());
      assertThat(valve.isShowReport()).isFalse();
      undo.run();
      assertThat(valve.getProperty(EVERY)).isNull();
      assertThat(valve.isShowReport()).isTrue();
      assertThat(valve.isShowServerInfo()).isTrue();
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static ErrorReportValve valve(Context context) {
    for (Object valve : context.getParent().getPipeline().getValves()) {
      if (valve instanceof ErrorReportValve report) {
        return report;
      }
    }
    throw new AssertionError("Tomcat has no valve that reports errors");
  }
}

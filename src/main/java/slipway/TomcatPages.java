package slipway;

import jakarta.servlet.ServletContext;
import java.util.Objects;

/** Tomcat's answers to what it refuses before it looks for an application. */
final class TomcatPages {
  private static final String VALVE = "org.apache.catalina.valves.ErrorReportValve";
  private static final String PAGE = "/WEB-INF/error.html";

  private static final int EVERY_STATUS = 0;

  /** The page of every status that has none of its own. */
  private static final String EVERY = "errorCode." + EVERY_STATUS;

  private static final String CONTEXT = "context";

  private TomcatPages() {}

  /**
   * Makes the host disclose nothing about itself, and show a page of ours where the WAR is
   * unpacked.
   */
  static Undo replace(ServletContext context) throws ReflectiveOperationException {
    Reflected host = new Reflected(context).field(CONTEXT).field(CONTEXT).get("getParent");
    for (Object each : (Object[]) host.get("getPipeline").get("getValves").object()) {
      Reflected valve = new Reflected(each);
      String page = context.getRealPath(PAGE);
      if (valve.isA(VALVE) && isFree(valve.get("getProperty", EVERY).object(), page)) {
        return replace(valve, page);
      }
    }
    return Undo.NOTHING;
  }

  /** Whether it was given no page, except by the application that was deployed before. */
  private static boolean isFree(Object given, String page) {
    return given == null || given.equals(page);
  }

  private static Undo replace(Reflected valve, String page) throws ReflectiveOperationException {
    boolean showsInfo = valve.get("isShowServerInfo").isTrue();
    boolean showsReport = valve.get("isShowReport").isTrue();
    valve.call("setShowServerInfo", false);
    valve.call("setShowReport", false);
    if (page != null) {
      valve.call("setProperty", EVERY, page);
    }
    return () -> {
      valve.call("setShowServerInfo", showsInfo);
      valve.call("setShowReport", showsReport);
      forget(valve, page);
    };
  }

  /** Takes the page away: Tomcat fails on one that is set to nothing. */
  private static void forget(Reflected valve, String page) throws ReflectiveOperationException {
    Reflected pages = valve.field("errorPageSupport");
    for (Object each : (Object[]) pages.get("findAll").object()) {
      Reflected known = new Reflected(each);
      if (known.get("getErrorCode").object().equals(EVERY_STATUS)
          && Objects.equals(known.get("getLocation").object(), page)) {
        pages.call("remove", each);
      }
    }
  }
}

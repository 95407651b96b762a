package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Servers as {@link Server#shared}, each with settings of several test classes which do not mind
 * those of the others. Started at first use, closed at the end; never stop one.
 */
public final class SharedServers {
  /** Of {@link #closed}: what its metrics are told to. */
  public static final String METRICS_KEY = "metrics-key-of-16";

  /** Of {@link #branded}: where it is. */
  public static final String PATH = "/media";

  /** Of {@link #branded}: what it names files to the proxy in front below. */
  public static final String ACCEL = "/slipway-media/";

  /** Of {@link #branded}: an SVG. */
  public static final String LOGO =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">\
      <rect width="120" height="40" rx="8" fill="#123a5e"/>\
      <path d="M10 30L30 8l20 22z" fill="#ffd500"/></svg>""";

  /** Of {@link #branded}: its style sheet. */
  public static final String CSS = "h1 { letter-spacing: 0.05em; }\n";

  /** Of {@link #cramped}: bytes of all forms that have not shown a known token yet. */
  public static final int TOKENLESS = 1_000_000;

  /** Of {@link #cramped}: the same of one address. */
  public static final int TOKENLESS_PER_ADDRESS = 400_000;

  /** Of {@link #cramped}: the most bytes of an upload. */
  public static final int MOST_BYTES = 4_000_000;

  private static final String LOOPBACK = "127.0.0.1";

  private static final Map<Container, Server> CLOSED = new ConcurrentHashMap<>();
  private static final Map<Container, Server> BRANDED = new ConcurrentHashMap<>();
  private static final Map<Container, Server> CRAMPED = new ConcurrentHashMap<>();

  private SharedServers() {}

  private static Server of(
      Map<Container, Server> started, Container container, UnaryOperator<Server.Builder> settings) {
    return started.computeIfAbsent(
        container, each -> Server.closedAtTheEnd(settings.apply(Server.on(each)).start()));
  }

  /**
   * One that is closed to visitors, and whose errors carry 200. It knows the names of {@link
   * #names}, may call 127.0.0.1 alone, gives up after a second, and trusts {@link Certificates}. It
   * logs all there is to say, as JSON, and tells its metrics to {@link #METRICS_KEY} only.
   */
  public static Server closed(Container container) {
    return of(CLOSED, container, SharedServers::close);
  }

  private static Server.Builder close(Server.Builder server) {
    return server
        .setting("slipway.site.public", "false")
        .setting("slipway.compat.always200", "true")
        .setting("slipway.base-url", "https://closed.example.com")
        .names(names(LOOPBACK))
        .jvm(Certificates.make().trust())
        .setting("slipway.outgoing.allow-private", LOOPBACK)
        .setting("slipway.outgoing.first-pause-millis", "50")
        .setting("slipway.outgoing.timeout-seconds", "1")
        .setting("slipway.metrics.key", METRICS_KEY)
        .setting("slipway.proxies", "127.0.0.0/8")
        .setting("slipway.log.level", "debug")
        .setting("slipway.log.format", "json");
  }

  /**
   * Those that {@link #closed} knows.
   *
   * @param moving where {@link Server#MOVING} leads to
   */
  public static Map<String, String> names(String moving) {
    return Map.of(
        Server.MOVING, moving, Certificates.SITE, LOOPBACK, Server.OTHER_RECEIVER, LOOPBACK);
  }

  /**
   * One at {@link #PATH} with a name, a logo, a colour, a style sheet and links of its own. Its
   * JSON declares a variable, and the proxy in front sends its files.
   */
  public static Server branded(Container container) {
    return of(BRANDED, container, SharedServers::brand);
  }

  private static Server.Builder brand(Server.Builder server) {
    return server
        .contextPath(PATH)
        .setting("slipway.proxies", LOOPBACK)
        .setting("slipway.media.accel", ACCEL)
        .contextParameter("slipway.compat.visual", "true")
        .setting("slipway.site.name", "Harbour & Sons")
        .setting("slipway.site.logo", file("logo", LOGO.getBytes(UTF_8)))
        .setting("slipway.site.logo-dark", file("dark", SampleMedia.png(120, 40)))
        .setting("slipway.site.accent", "#ffd500")
        .setting("slipway.site.css", file("own.css", CSS.getBytes(UTF_8)))
        .setting(
            "slipway.site.footer", "Imprint & terms https://a.test/?a=b&c=d,Help " + PATH + "/try");
  }

  private static String file(String name, byte[] content) {
    return SampleMedia.file(name, content).toString();
  }

  /**
   * One with little room: for {@link #TOKENLESS} bytes of forms that have shown no token, and for
   * uploads of {@link #MOST_BYTES}. It believes {@code X-Forwarded-For}, and ends a connection that
   * brings nothing for four seconds. It logs all there is to say, has comments wait for approval,
   * and writes views every second. It has no upload running.
   */
  public static Server cramped(Container container) {
    Server server = of(CRAMPED, container, SharedServers::cramp);
    Await.metric(server, "slipway_uploads_running", 0);
    return server;
  }

  private static Server.Builder cramp(Server.Builder server) {
    return server
        .jvm("-Dharness.idle-millis=4000")
        .setting("slipway.proxies", LOOPBACK)
        .setting("slipway.upload.max-bytes", Integer.toString(MOST_BYTES))
        .setting("slipway.incoming.tokenless-bytes", Integer.toString(TOKENLESS))
        .setting(
            "slipway.incoming.tokenless-bytes-per-address", Integer.toString(TOKENLESS_PER_ADDRESS))
        .setting("slipway.log.level", "debug")
        .setting("slipway.comments", "moderated")
        .setting("slipway.views.seconds", "1");
  }
}

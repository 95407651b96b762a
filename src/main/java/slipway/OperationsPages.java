package slipway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import slipway.health.HealthFact;
import slipway.health.Probe;
import slipway.http.Rehearsal;
import slipway.http.limit.Proxies;
import slipway.http.ops.Live;
import slipway.http.ops.MetricsPage;
import slipway.http.ops.Ready;
import slipway.node.ThisNode;
import slipway.reconcile.SweepLoop;

/** Registers the health checks and metrics for those who run the service. */
final class OperationsPages {
  private static final Duration MOST_PROBE = Duration.ofSeconds(6);
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final ServletContext context;
  private final Settings settings;
  private final Services services;
  private final Closing running;
  private final Proxies proxies;
  private final PrometheusMeterRegistry metrics;
  private final Probe databaseDisk;
  private final Probe mediaDisk;

  OperationsPages(
      ServletContext context,
      Settings settings,
      Services services,
      Closing running,
      Proxies proxies,
      PrometheusMeterRegistry metrics) {
    this.context = context;
    this.settings = settings;
    this.services = services;
    this.running = running;
    this.proxies = proxies;
    this.metrics = metrics;
    this.databaseDisk =
        new Probe(
            "slipway-check-database", services.storage().database()::checkDisk, MOST_PROBE, FRESH);
    this.mediaDisk =
        new Probe("slipway-check-media", services.storage()::checkMedia, MOST_PROBE, FRESH);
  }

  void register() {
    add("health/live", new Live());
    add("health/ready", new Ready(this::needs, facts()));
    String key = settings.operations().metricsKey();
    add("metrics", new MetricsPage(metrics, proxies, key));
    boolean areShared = services.storage().node() != null;
    LiveTokens live = new LiveTokens(services.receiving().tokens(), areShared);
    Gauge.builder("slipway.tokens.live", live, LiveTokens::count)
        .strongReference(true)
        .description("Upload tokens that are valid")
        .register(metrics);
    Gauge.builder("slipway.nodes", services.storage(), Storage::nodes)
        .description("Nodes that share the database, with this one")
        .register(metrics);
    Gauge.builder("slipway.media.set.aside", this::setAside)
        .description("Files set aside because no database row refers to them")
        .register(metrics);
    Gauge.builder("slipway.media.missing", this::missing)
        .description("Photos whose file is missing, as of the last time it was looked for")
        .register(metrics);
  }

  private int setAside() {
    int noted = running.all(SweepLoop.class).stream().mapToInt(SweepLoop::noted).sum();
    return services.storage().comparison().standing().setAside() + noted;
  }

  private int missing() {
    int missing = running.all(SweepLoop.class).stream().mapToInt(SweepLoop::missing).sum();
    return services.storage().comparison().standing().missing() + missing;
  }

  private Map<String, Supplier<Object>> facts() {
    Map<String, Supplier<Object>> facts =
        new TreeMap<>(
            Map.of(
                "decoding",
                () -> health("decoding"),
                "compared",
                () -> services.storage().comparison().standing().state(),
                "files_set_aside",
                this::setAside,
                "files_missing",
                this::missing));
    if (settings.scanning().isOn()) {
      facts.put("scanning", () -> health("scanning"));
    }
    if (settings.outgoing().mail() != null) {
      facts.put("mail", () -> health("mail"));
    }
    return facts;
  }

  /** Uploads are accepted all the same; their renditions or verdicts wait. */
  private String health(String fact) {
    return running.all(HealthFact.class).stream()
            .filter(one -> one.factName().equals(fact))
            .allMatch(HealthFact::isGood)
        ? "ok"
        : "failing";
  }

  private Map<String, Callable<Boolean>> needs() {
    Map<String, Callable<Boolean>> needs =
        new TreeMap<>(
            Map.of(
                "database",
                this::databaseAnswers,
                "disk",
                this::diskHasRoom,
                "media",
                mediaDisk::isMet,
                "replies",
                OperationsPages::canReply));
    ThisNode node = services.storage().node();
    if (node != null) {
      needs.put("clock", node::isOnTime);
    }
    running.loops().forEach(loop -> needs.put(loop.loopName(), loop::isWell));
    return needs;
  }

  private static boolean canReply() throws IOException {
    Rehearsal.run();
    return true;
  }

  private boolean databaseAnswers() throws Exception {
    services.storage().database().check();
    return databaseDisk.isMet();
  }

  private boolean diskHasRoom() throws IOException {
    long free = Storage.usableBytes(settings.data(), services.storage().spool());
    return free >= settings.operations().leastFreeBytes();
  }

  private void add(String path, HttpServlet servlet) {
    ServletRegistration.Dynamic added = context.addServlet(path, servlet);
    added.setAsyncSupported(true);
    added.addMapping("/" + path);
  }
}

package slipway.http.ops;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Nuisance;

/**
 * {@code /health/ready}: 200 when the service can take uploads, else 503. The JSON body names each
 * thing it needs with {@code ok} or {@code failed}, whether media and database have been compared,
 * how many files are set aside or missing, and whether pictures can be decoded; the log has the
 * reason. The checks run at most once a second, so that requests cost next to nothing however
 * frequent they are.
 */
public final class Ready extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Ready.class);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final transient Supplier<Map<String, Callable<Boolean>>> needs;
  private final transient Map<String, Supplier<Object>> facts;
  private final transient LongSupplier nanos;
  private final transient Map<String, Nuisance> nuisances = new ConcurrentHashMap<>();
  private final transient Lock lock = new ReentrantLock();

  @GuardedBy("lock")
  private transient Answer last;

  /**
   * Ready when each need says so.
   *
   * @param needs checked again, once a second at most
   * @param facts further facts by name, which do not affect readiness
   */
  public Ready(
      Supplier<Map<String, Callable<Boolean>>> needs, Map<String, Supplier<Object>> facts) {
    this(needs, facts, System::nanoTime);
  }

  Ready(
      Supplier<Map<String, Callable<Boolean>>> needs,
      Map<String, Supplier<Object>> facts,
      LongSupplier nanos) {
    this.needs = needs;
    this.facts = facts;
    this.nanos = nanos;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer answer = latest();
    TextAnswer.send(response, answer.status(), "application/json", answer.body());
  }

  /** Callers wait for checks that are in progress. */
  private Answer latest() {
    lock.lock();
    try {
      if (last == null || nanos.getAsLong() - last.nanos() > FRESH_NANOS) {
        last = ask();
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  private Answer ask() {
    boolean ready = true;
    JsonObject all = new JsonObject();
    for (Map.Entry<String, Callable<Boolean>> need : needs.get().entrySet()) {
      boolean met = isMet(need.getKey(), need.getValue());
      all.addProperty(need.getKey(), met ? "ok" : "failed");
      ready &= met;
    }
    facts.forEach((name, fact) -> add(all, name, fact.get()));
    int status = ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    all.addProperty("status", ready ? "ok" : "failed");
    return new Answer(status, all + "\n", nanos.getAsLong());
  }

  private record Answer(int status, String body, long nanos) {}

  private static void add(JsonObject all, String name, Object fact) {
    if (fact instanceof Number number) {
      all.addProperty(name, number);
    } else {
      all.addProperty(name, fact.toString());
    }
  }

  private boolean isMet(String name, Callable<Boolean> need) {
    try {
      return need.call();
    } catch (Exception | Error e) {
      if (nuisances.computeIfAbsent(name, each -> new Nuisance()).isNews(e)) {
        LOG.warn("Not ready: {}", name, e);
      } else {
        LOG.debug("Not ready: {}", name, e);
      }
      return false;
    }
  }
}

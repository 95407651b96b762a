package slipway.http.ops;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health/ready}: 200 when the service can take uploads, else 503. The JSON body names each
 * thing it needs with {@code ok} or {@code failed}, whether media and database have been compared,
 * and how many files are set aside or missing; the log has the reason.
 */
public final class Ready extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Ready.class);

  private final transient Supplier<Map<String, Callable<Boolean>>> needs;
  private final transient Map<String, Supplier<Object>> facts;

  /**
   * Ready when each need says so.
   *
   * @param needs asked for anew each time
   * @param facts what is told besides, by name; it makes nothing less ready
   */
  public Ready(
      Supplier<Map<String, Callable<Boolean>>> needs, Map<String, Supplier<Object>> facts) {
    this.needs = needs;
    this.facts = facts;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
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
    TextAnswer.send(response, status, "application/json", all + "\n");
  }

  private static void add(JsonObject all, String name, Object fact) {
    if (fact instanceof Number number) {
      all.addProperty(name, number);
    } else {
      all.addProperty(name, fact.toString());
    }
  }

  private static boolean isMet(String name, Callable<Boolean> need) {
    try {
      return need.call();
    } catch (Exception | Error e) {
      LOG.warn("Not ready: {}", name, e);
      return false;
    }
  }
}

package slipway.http.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.health.BusyException;
import slipway.http.Cors;
import slipway.http.limit.BodySlots;
import slipway.http.limit.Proxies;
import slipway.http.limit.ReaderSlots;

/** What the container is told when what stands behind the first filter has no answer. */
class RequestFilterTest {
  private final List<Integer> errors = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, Object> headers = new HashMap<>();
  private final RunningRequests running = new RunningRequests(Duration.ofSeconds(1));
  private final ReaderSlots slots = new ReaderSlots(1, 1);
  private int status = 200;
  private String verb = "POST";
  private String path = "/somewhere";
  private boolean committed;

  private Object request(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getAttribute" -> attributes.get(arguments[0]);
      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
      case "getMethod" -> verb;
      case "isAsyncStarted" -> false;
      case "getServletPath", "getRequestURI" -> path;
      case "getRemoteAddr" -> "192.0.2.1";
      case "getContentLengthLong" -> -1L;
      case "getHttpServletMapping" ->
          stub(
              jakarta.servlet.http.HttpServletMapping.class,
              (mapping, of, none) ->
                  of.getName().equals("getMappingMatch")
                      ? jakarta.servlet.http.MappingMatch.PATH
                      : null);
      default -> null;
    };
  }

  private Object response(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
    switch (method.getName()) {
      case "sendError" -> errors.add((Integer) arguments[0]);
      case "setStatus" -> status = (Integer) arguments[0];
      case "setHeader" -> headers.put((String) arguments[0], arguments[1]);
      case "flushBuffer" -> committed = true;
      case "isCommitted" -> {
        return committed;
      }
      case "getStatus" -> {
        return status;
      }
      case "containsHeader" -> {
        return false;
      }
      default -> {
        // Nothing that is looked at.
      }
    }
    return null;
  }

  private static <T> T stub(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void pass(FilterChain chain) throws Exception {
    RequestFilter front =
        new RequestFilter(
            new Proxies(List.of()),
            new BodyRules(
                new Pace(1, Duration.ofSeconds(1)),
                new Pace(1, Duration.ofSeconds(1)),
                Duration.ofSeconds(1),
                new BodySlots(1, 1),
                request -> "",
                request -> false),
            new Readers(
                slots, new Pace(1, Duration.ofSeconds(1)), request -> "", request -> false, false),
            running,
            new CrossOrigin(List.of(), at -> new Cors("POST")),
            List.of("/files/"));
    front.doFilter(
        stub(HttpServletRequest.class, this::request),
        stub(HttpServletResponse.class, this::response),
        chain);
  }

  @Test
  void makesARequestThatNobodyDecidedOnAFailure() throws Exception {
    pass((request, response) -> ((HttpServletResponse) response).setHeader("Vary", "Origin"));
    assertThat(errors).containsExactly(500);
  }

  /** Methods of the API change things on GET, too. */
  @ParameterizedTest
  @CsvSource({
    "POST, /api/photo/delete, 1",
    "GET, /api/photo/delete, 1",
    "HEAD, /api/photo/delete, 1",
    "PATCH, /files/a, 1",
    "GET, /api/openapi.json, 0",
    "GET, /1/2/a/original, 0",
    "GET, /apiary, 0",
  })
  void hasTheEndWaitForWhatMayChangeSomething(String by, String at, int waitedFor)
      throws Exception {
    verb = by;
    path = at;
    List<Integer> during = new ArrayList<>();
    pass(
        (request, response) -> {
          during.add(running.running());
          ((HttpServletResponse) response).setStatus(200);
        });
    assertThat(during).containsExactly(waitedFor);
    assertThat(running.running()).isZero();
  }

  @Test
  void sendsWhatWasDoneWhateverSlowReadersHold() throws Exception {
    int readers = 0;
    while (slots.withThread("reader " + readers).isPresent()) {
      readers++;
    }
    pass((request, response) -> ((HttpServletResponse) response).setStatus(301));
    assertThat(committed).isTrue();
  }

  @Test
  void asksToComeAgainWhereSomethingCannotBeDoneNow() throws Exception {
    pass(
        (request, response) -> {
          throw new BusyException("as a test has it");
        });
    assertThat(errors).containsExactly(503);
    assertThat(headers).containsKey("Retry-After");
  }

  @Test
  void leavesWhatWasDecided() throws Exception {
    pass((request, response) -> ((HttpServletResponse) response).setStatus(200));
    assertThat(errors).isEmpty();
  }

  @Test
  void letsPagesReadThatTheServiceIsAboutToStop() throws Exception {
    running.close();
    pass((request, response) -> assertThat(request).as("not let through").isNull());
    assertThat(errors).containsExactly(503);
    assertThat(headers)
        .containsKey("Retry-After")
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry("Access-Control-Expose-Headers", "Retry-After");
  }

  @Test
  void makesAnErrorOfTheVirtualMachineAFailure() throws Exception {
    pass(
        (request, response) -> {
          throw new StackOverflowError();
        });
    assertThat(errors).containsExactly(500);
  }

  @Test
  void cutsAnAnswerThatHasBegunAndCannotEnd() {
    assertThatThrownBy(
            () ->
                pass(
                    (request, response) -> {
                      response.flushBuffer();
                      throw new IllegalStateException("in the midst of it");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(errors).isEmpty();
  }
}

package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Cors;
import slipway.http.front.AllowedMethods;
import slipway.http.front.ApiErrors;
import slipway.http.front.BodyRules;
import slipway.http.front.CrossOrigin;
import slipway.http.front.ListLimit;
import slipway.http.front.MemoryLimit;
import slipway.http.front.Pace;
import slipway.http.front.PageLimit;
import slipway.http.front.QueryLimit;
import slipway.http.front.ReadOnly;
import slipway.http.front.ReadOnly.RefusalPage;
import slipway.http.front.Readers;
import slipway.http.front.RequestFilter;
import slipway.http.front.RunningRequests;
import slipway.http.front.UploadLimit;
import slipway.http.limit.BodySlots;
import slipway.http.limit.ReaderSlots;
import slipway.http.limit.RequestMemory;
import slipway.http.limit.UploadSlots;

/** Registers the filters that every request passes: the first ones and the last ones. */
final class Filters {
  private static final EnumSet<DispatcherType> REQUEST = EnumSet.of(DispatcherType.REQUEST);

  /** Some requests, such as those for WEB-INF, go to the error page at once. */
  private static final EnumSet<DispatcherType> EVERY =
      EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR);

  private final ServletContext context;
  private final Settings settings;
  private final Api api;

  Filters(ServletContext context, Settings settings, Api api) {
    this.context = context;
    this.settings = settings;
    this.api = api;
  }

  /**
   * To be called before any other filter is registered.
   *
   * @param methods the method of the API at a path; null for none
   * @param page shows people that a request is refused
   */
  void front(Closing closing, Function<String, ApiServlet> methods, RefusalPage page) {
    Settings.Bodies limits = settings.limits().bodies();
    RunningRequests running = closing.later(new RunningRequests(settings.operations().patience()));
    BodyRules bodies =
        new BodyRules(
            new Pace(limits.bytesPerSecond(), limits.grace()),
            new Pace(limits.tokenlessBytesPerSecond(), limits.patience()),
            limits.patience(),
            new BodySlots(limits.slow(), limits.slowPerAddress()),
            api.proxies()::countedAs,
            api.callers()::showsKey);
    CrossOrigin crossOrigin = new CrossOrigin(Doors.ALL, path -> cors(methods.apply(path)));
    RequestFilter front =
        new RequestFilter(
            api.proxies(), bodies, readers(closing), running, crossOrigin, secretPrefixes());
    add("front", front, EVERY, "/*");
    RequestMemory bytes = new RequestMemory(settings.limits().requests().memoryBytes());
    MemoryLimit memory = new MemoryLimit(api.proxies(), api.callers()::showsKey, bytes);
    add("memory-limit", memory, EVERY, "/*");
    long pages = settings.limits().rates().pagesPerAddress();
    add(
        "page-limit",
        new PageLimit(api.proxies(), api.rates().ofAddresses(pages), Doors.ALL),
        REQUEST,
        "/*");
    AllowedMethods allowed = new AllowedMethods(Doors.ALL, path -> allowed(methods.apply(path)));
    add("read-only", new ReadOnly(api, allowed, page), REQUEST, "/*");
    add("api-errors", new ApiErrors(api, allowed), EnumSet.of(DispatcherType.ERROR), "/error");
  }

  private static Cors cors(ApiServlet method) {
    return method == null ? Cors.NONE : method.cors();
  }

  private static String allowed(ApiServlet method) {
    return method == null ? null : method.allowed();
  }

  private Readers readers(Closing closing) {
    Settings.SlowReaders limits = settings.limits().readers();
    return closing.later(
        new Readers(
            new ReaderSlots(limits.most(), limits.mostPerAddress()),
            new Pace(limits.bytesPerSecond(), settings.limits().bodies().grace()),
            api.proxies()::countedAs,
            api.callers()::showsKey,
            !context.getServerInfo().startsWith("jetty/")));
  }

  /**
   * To be called after every other filter is registered.
   *
   * @param lists paths of the servlets that list something, without the asterisk of a mapping
   */
  void limits(Set<String> lists) {
    Settings.Requests limits = settings.limits().requests();
    Settings.Uploads uploads = settings.uploads();
    QueryLimit query = new QueryLimit(api, limits.queryChars(), Doors.ALL);
    add("query-limit", query, REQUEST, "/*");
    ListLimit list = new ListLimit(api.proxies(), api.callers()::showsKey, lists, this::refuseList);
    add("list-limit", list, REQUEST, "/*");
    UploadSlots slots = new UploadSlots(limits.uploads(), limits.uploadsPerAddress());
    UploadLimit upload =
        new UploadLimit(
            api, Doors.ALL, slots, uploads.readOffBytes(), uploads.readOffSeconds() * 1000);
    add("upload-limit", upload, REQUEST, Doors.paths());
  }

  private void refuseList(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().startsWith("/api/")) {
      api.refuseCall(request, response, ApiException.busy());
    } else {
      response.setHeader("Retry-After", "2");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  /** The paths of doors, and of the pages that have a token or a link in their path. */
  private static List<String> secretPrefixes() {
    return Stream.concat(
            Doors.secretPrefixes().stream(), Stream.of(Pages.UPLOAD, Pages.DROP, Pages.VIEW))
        .toList();
  }

  private void add(String name, Filter filter, EnumSet<DispatcherType> types, String... paths) {
    var registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(types, true, paths);
  }
}

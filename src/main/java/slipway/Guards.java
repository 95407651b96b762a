package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import slipway.http.Api;
import slipway.http.front.ApiErrors;
import slipway.http.front.Front;
import slipway.http.front.Pace;
import slipway.http.front.QueryLimit;
import slipway.http.front.ReadOnly;
import slipway.http.front.Running;
import slipway.http.front.UploadLimit;
import slipway.http.limit.UploadSlots;

/** Registers the filters that every request passes: the first ones and the last ones. */
final class Guards {
  private static final EnumSet<DispatcherType> REQUEST = EnumSet.of(DispatcherType.REQUEST);

  /** Some requests get to the error page at once, such as those for WEB-INF. */
  private static final EnumSet<DispatcherType> EVERY =
      EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR);

  /** Where files come in. */
  private static final String[] UPLOADS = {
    "/api/photo/redeem-upload-token",
    "/api/photo/redeem-replace-token",
    "/api/photo/upload",
    "/api/photo/replace",
    "/files/*"
  };

  private final ServletContext context;
  private final Settings settings;
  private final Api api;

  Guards(ServletContext context, Settings settings, Api api) {
    this.context = context;
    this.settings = settings;
    this.api = api;
  }

  /** To be called before any other filter is registered. */
  void front(Closing closing) {
    Settings.Limits limits = settings.limits();
    Running running = closing.later(new Running(settings.operations().patience()));
    Pace pace = new Pace(limits.bytesPerSecond(), limits.grace());
    add("front", new Front(api.proxies(), pace, running), EVERY, "/*");
    add("read-only", new ReadOnly(), REQUEST, "/*");
    add("api-errors", new ApiErrors(api), EnumSet.of(DispatcherType.ERROR), "/error");
  }

  /** To be called after every other filter is registered. */
  void limits() {
    Settings.Limits limits = settings.limits();
    Settings.Uploads uploads = settings.uploads();
    QueryLimit query = new QueryLimit(api, limits.queryChars());
    add("query-limit", query, REQUEST, "/*");
    UploadSlots slots = new UploadSlots(limits.uploads(), limits.uploadsPerAddress());
    UploadLimit upload =
        new UploadLimit(api, slots, uploads.readOffBytes(), uploads.readOffSeconds() * 1000);
    add("upload-limit", upload, REQUEST, UPLOADS);
  }

  private void add(String name, Filter filter, EnumSet<DispatcherType> types, String... paths) {
    var registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(types, true, paths);
  }
}

package slipway.http.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;

/**
 * {@code echo}: mirrors its parameters, so that a client can be tested; if one appears twice, the
 * first value.
 */
public final class Echo extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** The method. */
  public Echo(Api api) {
    super(api, PermissionLevel.NONE);
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected Reply answer(ApiCall call) {
    Map<String, String> mirrored = new LinkedHashMap<>();
    call.parameters().all().forEach(each -> mirrored.putIfAbsent(each.getKey(), each.getValue()));
    return Reply.of("", "echo", mirrored);
  }
}

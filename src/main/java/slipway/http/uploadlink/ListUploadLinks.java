package slipway.http.uploadlink;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.uploadtoken.TokenScope;
import slipway.token.link.UploadLinks;

/**
 * {@code upload-link/list}: the links that are kept, the newest first. A caller below admin sees
 * only its own.
 */
public final class ListUploadLinks extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient UploadLinks links;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public ListUploadLinks(Api api, UploadLinks links, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.links = links;
    this.clock = clock;
  }

  @Override
  protected boolean isLong() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Paging.PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Paging paging = Paging.of(call.parameters());
    Long whose = TokenScope.of(call.caller());
    List<Reply.Item> items =
        links.list(whose, (int) paging.offset(), paging.size()).stream()
            .map(kept -> LinkFields.of(kept, clock.instant(), call))
            .map(fields -> new Reply.Item("uploadlink", fields, Map.of()))
            .toList();
    return paging.reply("The upload links are listed", "uploadlinks", items, links.count(whose));
  }
}

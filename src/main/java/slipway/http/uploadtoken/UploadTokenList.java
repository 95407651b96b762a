package slipway.http.uploadtoken;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Reply;
import slipway.token.TokenRegistry;

/**
 * {@code upload-token/list}: the tokens that are kept, the youngest first. A caller below admin
 * sees those it issued itself.
 */
public final class UploadTokenList extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PAGE = 1_000_000;

  private final transient TokenRegistry tokens;
  private final transient Clock clock;

  /** The method, with the parts it works on. */
  public UploadTokenList(Api api, TokenRegistry tokens, Clock clock) {
    super(api, PermissionLevel.WRITE);
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    int page = call.parameters().integer("p", 1, 1, MAX_PAGE);
    int size = call.parameters().integer("size", 20, 1, 100);
    Long whose = TokenScope.of(call.caller());
    List<Reply.Item> items =
        tokens.list(whose, (page - 1) * size, size).stream()
            .map(kept -> TokenFields.forIssuer(kept, clock.instant()))
            .map(fields -> new Reply.Item("uploadtoken", fields, Map.of()))
            .toList();
    return Reply.of(
        "The upload tokens",
        "uploadtokens",
        items,
        new Reply.Page(page, size, tokens.count(whose)));
  }
}

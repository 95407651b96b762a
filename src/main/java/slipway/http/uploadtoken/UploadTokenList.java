package slipway.http.uploadtoken;

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
import slipway.token.TokenRegistry;
import slipway.upload.TokenStates;

/**
 * {@code upload-token/list}: the tokens that are kept, the newest first. A caller below admin sees
 * only those that its own key issued.
 */
public final class UploadTokenList extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient TokenRegistry tokens;
  private final transient TokenStates states;

  /** The method, with the parts it works on. */
  public UploadTokenList(Api api, TokenRegistry tokens, TokenStates states) {
    super(api, PermissionLevel.WRITE);
    this.tokens = tokens;
    this.states = states;
  }

  @Override
  protected boolean isReading() {
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
        tokens.list(whose, (int) paging.offset(), paging.size()).stream()
            .map(kept -> TokenFields.forIssuer(kept, states.of(kept)))
            .map(fields -> new Reply.Item("uploadtoken", fields, Map.of()))
            .toList();
    return paging.reply("The upload tokens are listed", "uploadtokens", items, tokens.count(whose));
  }
}

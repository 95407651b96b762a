package slipway.http.credential;

import java.util.List;
import java.util.Map;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;

/** {@code credential/list}: the valid credentials, without their secrets. */
public final class ListCredentials extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient CredentialStore credentials;

  /** The method, with the part it works on. */
  public ListCredentials(Api api, CredentialStore credentials) {
    super(api, PermissionLevel.SUPER);
    this.credentials = credentials;
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
    List<Credential> all = credentials.all();
    List<Reply.Item> items =
        paging.cut(all).stream()
            .map(each -> new Reply.Item("credential", CredentialFields.of(each), Map.of()))
            .toList();
    return paging.reply("", "credentials", items, all.size());
  }
}

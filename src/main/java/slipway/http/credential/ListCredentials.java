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
import slipway.http.Reply;

/** {@code credential/list}: the credentials that count, without their secrets. */
public final class ListCredentials extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient CredentialStore credentials;

  /** The method, with the part it works on. */
  public ListCredentials(Api api, CredentialStore credentials) {
    super(api, PermissionLevel.SUPER);
    this.credentials = credentials;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    int page = call.parameters().integer("p", 1, 1, Integer.MAX_VALUE);
    int size = call.parameters().integer("size", 20, 1, 100);
    List<Credential> all = credentials.all();
    List<Reply.Item> items =
        all.stream()
            .skip((page - 1L) * size)
            .limit(size)
            .map(each -> new Reply.Item("credential", CredentialFields.of(each), Map.of()))
            .toList();
    return Reply.of("", "credentials", items, new Reply.Page(page, size, all.size()));
  }
}

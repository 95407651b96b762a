package slipway.http.user;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.Page;
import slipway.photo.User;
import slipway.photo.Users;

/** {@code user/list}: the users, by name. */
public final class ListUsers extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words(
              "Those whose username or display name begins with the text, without regard to case.");
  private static final Parameter<Boolean> ORDER = Paging.order().orElse(true);
  private static final List<Parameter<?>> PARAMETERS =
      Parameter.all(List.of(SEARCH, ORDER), Paging.PARAMETERS);

  private final transient Users users;

  /** The method, with the parts it works on. */
  public ListUsers(Api api, Users users) {
    super(api, PermissionLevel.ANONYMOUS);
    this.users = users;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    Paging paging = Paging.of(parameters);
    String search = SEARCH.of(parameters);
    Page<User> page = users.page(search, ORDER.of(parameters), paging.size(), paging.offset());
    List<Reply.Item> items =
        page.items().stream()
            .map(user -> new Reply.Item("user", UserFields.of(user, call.caller()), Map.of()))
            .toList();
    return paging.reply("The users are listed", "users", items, page.total());
  }
}

package slipway.http.user;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.photo.Page;
import slipway.photo.user.User;
import slipway.photo.user.Users;

/** {@code user/list}: the users, or the one of a user_id. */
public final class ListUsers extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> ID = Parameter.id("user_id").words("Only this user.");
  private static final Parameter<String> SEARCH =
      Parameter.text("search", 200)
          .words("Only users whose username or display name begins with this text, ignoring case.");
  private static final Parameter<Users.UserOrder> ORDER_BY =
      Paging.orderBy(Users.UserOrder.DISPLAY_NAME)
          .words(
              "By e-mail address or last login (when the user's latest session began) for level"
                  + " admin only.");
  private static final Parameter<Boolean> ORDER = Paging.order().orElse(false);

  /** The order would reveal what the list does not show. */
  private static final Set<Users.UserOrder> FOR_ADMINS =
      Set.of(Users.UserOrder.EMAIL, Users.UserOrder.LAST_LOGIN);

  private static final List<Parameter<?>> PARAMETERS =
      Parameter.all(List.of(ID, SEARCH, ORDER_BY, ORDER), Paging.PARAMETERS);

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
    Page<User> page = page(call, paging);
    List<Reply.Item> items =
        page.items().stream().map(user -> UserFields.item(user, call)).toList();
    return paging.reply("The users are listed", "users", items, page.total());
  }

  private Page<User> page(ApiCall call, Paging paging) throws ApiException {
    Parameters parameters = call.parameters();
    Users.UserOrder order = ORDER_BY.of(parameters);
    if (FOR_ADMINS.contains(order) && !call.caller().level().includes(PermissionLevel.ADMIN)) {
      throw ApiException.denied(PermissionLevel.ADMIN, call.caller());
    }
    String search = SEARCH.of(parameters);
    boolean ascending = ORDER.of(parameters);
    Optional<Long> id = ID.find(parameters);
    if (id.isEmpty()) {
      return users.page(search, order, ascending, paging.size(), paging.offset());
    }
    User user =
        users
            .find(id.get())
            .orElseThrow(
                () -> new ApiException(ErrorCode.NO_SUCH_USER, "No user has this user_id."));
    return new Page<>(paging.number() == 1 ? List.of(user) : List.of(), 1);
  }
}

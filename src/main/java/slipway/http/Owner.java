package slipway.http;

import java.util.Optional;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.photo.user.Users;

/** The parameter user_id of methods that create something: its owner. */
public final class Owner {
  /** The parameter. */
  public static final Parameter<Long> ID =
      Parameter.id("user_id")
          .words("Owner; only a super caller may choose, others upload as their own user.");

  private Owner() {}

  /**
   * The owner; null for nobody. Only a super caller may choose; others create things of their own.
   *
   * @throws ApiException when there is no such user
   */
  public static Long of(Parameters parameters, Caller caller, Users users) throws ApiException {
    Optional<Long> asked = ID.find(parameters);
    if (!caller.level().includes(PermissionLevel.SUPER)) {
      return caller.userId();
    }
    if (asked.isPresent() && !users.exists(asked.get())) {
      throw new ApiException(ErrorCode.NO_SUCH_USER, "No user has this user_id.");
    }
    return asked.orElse(null);
  }
}

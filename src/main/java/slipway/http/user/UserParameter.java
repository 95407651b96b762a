package slipway.http.user;

import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.photo.user.Users;

/** The parameter user_id of the methods on one user. */
public final class UserParameter {
  private UserParameter() {}

  /**
   * Checks that there is a user of that number.
   *
   * @throws ApiException {@code no_such_user} when there is none
   */
  public static void check(Users users, long userId) throws ApiException {
    if (!users.exists(userId)) {
      throw new ApiException(ErrorCode.NO_SUCH_USER, "No user has this user_id.");
    }
  }
}

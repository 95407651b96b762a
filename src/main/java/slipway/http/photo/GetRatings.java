package slipway.http.photo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.http.Timestamps;
import slipway.http.user.UserParameter;
import slipway.photo.Page;
import slipway.photo.rating.Rating;
import slipway.photo.rating.Ratings;
import slipway.photo.user.Users;

/** {@code photo/get-ratings}: the ratings of a photo, or by a user, the latest first. */
public final class GetRatings extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Long> PHOTO =
      Parameter.id("photo_id").words("Only ratings of this photo.");
  private static final Parameter<Long> USER =
      Parameter.id("user_id").words("Only ratings by this user; requires level read.");

  private final transient VisiblePhoto visible;
  private final transient Ratings ratings;
  private final transient Users users;

  /** The method, with the parts it works on. */
  public GetRatings(Api api, VisiblePhoto visible, Ratings ratings, Users users) {
    super(api, PermissionLevel.ANONYMOUS);
    this.visible = visible;
    this.ratings = ratings;
    this.users = users;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Parameter.all(List.of(PHOTO, USER), Paging.PARAMETERS);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Optional<Long> photo = PHOTO.find(call.parameters());
    Optional<Long> user = USER.find(call.parameters());
    Paging paging = Paging.of(call.parameters());
    if (photo.isEmpty() && user.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT, "The parameter 'photo_id' or 'user_id' is required.");
    }
    if (user.isPresent()) {
      check(user.get(), call);
    }
    if (photo.isPresent()) {
      visible.check(photo.get(), call.caller());
    }
    Page<Rating> page =
        ratings.page(photo.orElse(null), user.orElse(null), paging.size(), paging.offset());
    List<Reply.Item> items = page.items().stream().map(GetRatings::item).toList();
    return paging.reply("The ratings are listed", "ratings", items, page.total());
  }

  private void check(long userId, ApiCall call) throws ApiException {
    if (!call.caller().level().includes(PermissionLevel.READ)) {
      throw ApiException.denied(PermissionLevel.READ, call.caller());
    }
    UserParameter.check(users, userId);
  }

  private static Reply.Item item(Rating rating) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rating", Decimals.of(rating.rating()));
    fields.put("user_id", rating.userId() == null ? "" : rating.userId().toString());
    fields.put("photo_id", Long.toString(rating.photoId()));
    fields.put("rating_time", Timestamps.format(rating.ratedAt()));
    fields.put("rating_time_epoch", Timestamps.epoch(rating.ratedAt()));
    return new Reply.Item("rating", fields, Map.of());
  }
}

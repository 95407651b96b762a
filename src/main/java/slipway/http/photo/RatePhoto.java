package slipway.http.photo;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.rating.Rater;
import slipway.photo.rating.Ratings;

/** {@code photo/rate}: records a visitor's rating of a photo, replacing an earlier one. */
public final class RatePhoto extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final String VALID = "a number from 0 to 1, such as 0.75";
  private static final Pattern NUMBER = Pattern.compile("0|1|[01]?\\.[0-9]{1,10}|[01]\\.");

  private static final Parameter<Double> RATING =
      Parameter.text("rating", 12, NUMBER, VALID)
          .as((name, text) -> rating(name, text))
          .required(VALID)
          .words("From 0 to 1: of five stars, one is 0.2.");

  private final transient Api api;
  private final transient VisiblePhoto visible;
  private final transient Ratings ratings;

  /** The method, with the parts it works on. */
  public RatePhoto(Api api, VisiblePhoto visible, Ratings ratings) {
    super(api, PermissionLevel.ANONYMOUS);
    this.api = api;
    this.visible = visible;
    this.ratings = ratings;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID, RATING);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    long photoId = PhotoParameter.ID.of(call.parameters());
    double rating = RATING.of(call.parameters());
    visible.check(photoId, call.caller());
    api.checkWrites(call);
    double mean =
        ratings
            .rate(photoId, new Rater(call.caller().userId(), call.browser().address()), rating)
            .orElseThrow(PhotoParameter::missing);
    return Reply.of("The photo was rated", "rating", Map.of("rating", Decimals.of(mean)));
  }

  private static double rating(String name, String text) throws ApiException {
    double rating = Double.parseDouble(text);
    if (rating > 1) {
      throw ApiException.invalid(name, VALID);
    }
    return rating;
  }
}

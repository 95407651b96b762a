package slipway.http.photo;

import java.util.List;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.scan.Verdicts;

/**
 * {@code photo/scan}: makes the virus scanner check a photo's file again, or releases the photo
 * regardless of its verdict.
 */
public final class ScanPhoto extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<Boolean> ACCEPT =
      Parameter.flag("accept_p")
          .orElse(false)
          .words(
              "1: the photo is released without the scanner, for example after a false alarm, or"
                  + " once there is no scanner any more.");

  private final transient Photos photos;
  private final transient Verdicts verdicts;

  /** The method, with the parts it works on. */
  public ScanPhoto(Api api, Photos photos, Verdicts verdicts) {
    super(api, PermissionLevel.ADMIN);
    this.photos = photos;
    this.verdicts = verdicts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(PhotoParameter.ID, ACCEPT);
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = PhotoParameter.required(photos, call.parameters());
    boolean accept = ACCEPT.of(call.parameters());
    if (!accept && !verdicts.areGiven()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "No virus scanner is set up here: set slipway.scan.clamd or slipway.scan.command, or give"
              + " accept_p=1.");
    }
    if (!(accept ? verdicts.accept(photo) : verdicts.askAgain(photo))) {
      throw PhotoParameter.missing();
    }
    return Reply.of(accept ? "The photo was released" : "The photo's file will be scanned");
  }
}

package slipway.http.photo;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.DetailsChange;
import slipway.editing.PhotoChanges;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.license.LicenseParameter;
import slipway.license.License;
import slipway.photo.Albums;
import slipway.photo.Photo;
import slipway.photo.Photos;

/** {@code photo/update}: changes the metadata of a photo; what is not given stays as it is. */
public final class UpdatePhoto extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final String KEPT = "it cannot be changed after the upload";

  private static final Parameter<Boolean> PUBLISHED =
      Parameter.flag("published_p")
          // The platform's .NET library uses the name that uploads have for it.
          .alias("publish")
          .words(
              "Whether the public sees it; a photo that waits for a virus scanner is published once"
                  + " it is released.");

  private static final Parameter<License> LICENSE =
      LicenseParameter.saying("What others may do with it: a license_id of license/list.");

  private final transient Photos photos;
  private final transient PhotoChanges changes;
  private final transient Albums albums;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public UpdatePhoto(
      Api api, Photos photos, PhotoChanges changes, Albums albums, TextParameters texts) {
    super(api, PermissionLevel.WRITE);
    this.photos = photos;
    this.changes = changes;
    this.albums = albums;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        AlbumParameter.IDS.words(
            "The albums that contain it, comma-separated; replaces the current ones."),
        texts.title(),
        texts.description(),
        texts.tagList().words("Replaces the current ones. " + texts.tagList().words()),
        PUBLISHED,
        LICENSE,
        Parameter.refused("user_id", KEPT),
        Parameter.refused("publish_date", KEPT),
        Parameter.refused("absolute_url", KEPT));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Photo photo = PhotoParameter.required(photos, call.parameters());
    if (PUBLISHED.find(call.parameters()).orElse(false)) {
      HeldPhoto.checkPublishing(photo);
    }
    License license = LICENSE.find(call.parameters()).orElse(null);
    if (!changes.apply(photo.photoId(), change(call.parameters()), license)) {
      throw PhotoParameter.missing();
    }
    return Reply.of("The photo was updated", "photo", Map.of());
  }

  private DetailsChange change(Parameters parameters) throws ApiException {
    return new DetailsChange(
        albumIds(parameters, albums),
        texts.title().find(parameters).orElse(null),
        texts.description().find(parameters).orElse(null),
        texts.tagList().find(parameters).orElse(null),
        PUBLISHED.find(parameters).orElse(null));
  }

  /** The new albums; null to leave them as they are. */
  public static List<Long> albumIds(Parameters parameters, Albums albums) throws ApiException {
    return AlbumParameter.IDS.isGiven(parameters) ? albums(parameters, albums) : null;
  }

  /** The albums of album_id, each of which must exist. */
  public static List<Long> albums(Parameters parameters, Albums albums) throws ApiException {
    List<Long> asked = AlbumParameter.IDS.of(parameters);
    if (!albums.exist(asked)) {
      throw AlbumParameter.missing();
    }
    return asked;
  }
}

package slipway;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import slipway.http.upload.Door;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.direct.ReplacePhoto;
import slipway.http.upload.direct.SetSectionThumbnail;
import slipway.http.upload.direct.UploadPhoto;
import slipway.http.upload.direct.UploadSubtitle;
import slipway.http.upload.form.RedeemUploadToken;
import slipway.http.upload.tus.Tus;

/** The ways in for bytes: those declared here, and no others. */
final class Doors {
  /** All of them. The filters go by this list before there are servlets. */
  static final List<Door> ALL =
      List.of(
          RedeemUploadToken.UPLOAD_DOOR,
          RedeemUploadToken.REPLACE_DOOR,
          UploadPhoto.DOOR,
          ReplacePhoto.DOOR,
          UploadSubtitle.DOOR,
          SetSectionThumbnail.DOOR,
          Tus.DOOR);

  private Doors() {}

  /** The paths of all doors, as servlet mappings. */
  static String[] paths() {
    return ALL.stream().map(Door::path).toArray(String[]::new);
  }

  /** The path prefixes of the doors whose paths continue with a secret. */
  static List<String> secretPrefixes() {
    return ALL.stream().filter(Door::hasSecretInPath).map(Door::prefix).toList();
  }

  /**
   * Registers the servlet at its door.
   *
   * @throws IllegalStateException when its door is not one of {@link #ALL}, so that no filter knows
   *     it
   */
  static void open(ServletContext context, String name, UploadServlet servlet) {
    if (!ALL.contains(servlet.door())) {
      throw new IllegalStateException(
          "The door at " + servlet.door().path() + " is not in Doors.ALL");
    }
    ServletRegistration.Dynamic added = context.addServlet(name, servlet);
    added.setAsyncSupported(true);
    added.addMapping(servlet.door().path());
  }
}

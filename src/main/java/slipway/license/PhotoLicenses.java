package slipway.license;

import org.jdbi.v3.core.Handle;

/** The licences of photos, each within the caller's transaction. */
public final class PhotoLicenses {
  private PhotoLicenses() {}

  /** Sets the licence of a photo, replacing the previous one. */
  public static void put(Handle tx, long photoId, License license) {
    if (license == License.ALL_RIGHTS_RESERVED) {
      tx.execute("delete from photo_license where photo_id = ?", photoId);
      return;
    }
    tx.execute(
        """
        insert into photo_license (photo_id, license_id) values (?, ?)
        on conflict (photo_id) do update set license_id = excluded.license_id""",
        photoId,
        license.id());
  }
}

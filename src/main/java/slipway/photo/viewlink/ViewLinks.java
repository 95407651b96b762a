package slipway.photo.viewlink;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.photo.Album;
import slipway.photo.Albums;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.secret.Signer;

/**
 * Makes links to look at photos and albums, and knows them again by their signature: no row is kept
 * of them. With the number, the token of what they show is signed: a number that a restored back-up
 * gives another photo leads to nothing.
 */
public final class ViewLinks {
  /** What tells its signatures from others of the same key. */
  public static final String PURPOSE = "links to look at something";

  private static final Pattern TEXT =
      Pattern.compile(
          "(?<kind>photo|album)-(?<id>\\d{1,18})-(?<until>\\d{1,11})-(?<originals>[01])"
              + "-(?<signature>[A-Za-z0-9_-]{"
              + Signer.CHARS
              + "})");
  private static final String PHOTO = "photo";
  private static final String ALBUM = "album";

  private final Photos photos;
  private final Albums albums;
  private final Signer signer;

  /** Links to these, which that signs. */
  public ViewLinks(Photos photos, Albums albums, Signer signer) {
    this.photos = photos;
    this.albums = albums;
    this.signer = signer;
  }

  /** A link to a photo, to the second. */
  public ViewLink of(Photo photo, Instant until, boolean hasOriginals) {
    String said = said(PHOTO, photo.photoId(), until, hasOriginals);
    return new ViewLink(signed(said, photo.token()), photo, null, until, hasOriginals);
  }

  /** A link to an album, to the second. */
  public ViewLink of(Album album, Instant until, boolean hasOriginals) {
    String said = said(ALBUM, album.albumId(), until, hasOriginals);
    return new ViewLink(signed(said, album.token()), null, album, until, hasOriginals);
  }

  private static String said(String kind, long id, Instant until, boolean hasOriginals) {
    return kind + "-" + id + "-" + until.getEpochSecond() + "-" + (hasOriginals ? 1 : 0);
  }

  private String signed(String said, String token) {
    return said + "-" + signer.sign(said + "-" + token);
  }

  /**
   * The link of a text, be it that it has ended; empty where what it shows is gone, or never was.
   */
  public Optional<ViewLink> find(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long id = Long.parseLong(parts.group("id"));
    Instant until = Instant.ofEpochSecond(Long.parseLong(parts.group("until")));
    boolean hasOriginals = parts.group("originals").equals("1");
    Optional<ViewLink> asked =
        parts.group("kind").equals(PHOTO)
            ? photos.find(id).map(photo -> new ViewLink(text, photo, null, until, hasOriginals))
            : albums.find(id).map(album -> new ViewLink(text, null, album, until, hasOriginals));
    return asked.filter(link -> isSigned(link, parts.group("signature")));
  }

  private boolean isSigned(ViewLink link, String signature) {
    String token = link.photo() == null ? link.album().token() : link.photo().token();
    String said = link.text().substring(0, link.text().length() - Signer.CHARS - 1);
    return signer.hasSigned(said + "-" + token, signature);
  }
}

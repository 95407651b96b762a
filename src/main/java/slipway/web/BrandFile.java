package slipway.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import slipway.media.MediaType;

/**
 * A file of the site's own that its pages load.
 *
 * @param path its path among the assets, such as {@code brand/logo.svg}
 * @param bytes its content, {@link #MOST_BYTES} at most
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BrandFile(String path, byte[] bytes) {
  /** How large one is at most: it is kept in memory, and loaded by every visitor. */
  public static final int MOST_BYTES = 256 << 10;

  private static final String FOLDER = "brand/";

  /** The endings of the pictures that every browser shows. */
  private static final Map<String, String> PICTURES =
      Map.of(
          "image/svg+xml",
          ".svg",
          "image/png",
          ".png",
          "image/jpeg",
          ".jpg",
          "image/webp",
          ".webp");

  /**
   * A picture, by its content; empty where it is of no kind that every browser shows.
   *
   * @param name without its ending
   */
  public static Optional<BrandFile> picture(String name, byte[] bytes) {
    return Optional.ofNullable(PICTURES.get(MediaType.detect(bytes)))
        .map(ending -> new BrandFile(FOLDER + name + ending, bytes));
  }

  /** A style sheet; empty where the bytes are no text in UTF-8. */
  public static Optional<BrandFile> css(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0
          ? Optional.of(new BrandFile(FOLDER + name + ".css", bytes))
          : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

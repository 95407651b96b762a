package slipway.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import slipway.net.EntityTag;

/**
 * A script, a style sheet or a picture of the pages: the same for everybody.
 *
 * @param contentType such as {@code text/css; charset=utf-8}
 * @param bytes it as it is
 * @param packed the same in gzip (RFC 1952); null where that is no smaller
 * @param version what tells it from others of its name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(String contentType, byte[] bytes, byte[] packed, String version) {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "jpg", "image/jpeg",
          "webp", "image/webp",
          "map", "application/json");

  /** The asset of that name, whose extension gives the type. */
  static Asset of(String name, byte[] bytes) throws IOException {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IOException("The type of " + name + " is not known.");
    }
    return new Asset(type, bytes, pack(bytes), SmallDelivery.version(bytes));
  }

  /** The tag of the plain or the packed form, which have different bytes. */
  EntityTag etag(boolean isPacked) {
    return new EntityTag(isPacked ? version + "-gzip" : version);
  }

  /** Whether it is a picture in XML, which a browser may also show as a page. */
  boolean isSvg() {
    return contentType.equals(TYPES.get("svg"));
  }

  private static byte[] pack(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
    try (Packer packer = new Packer(packed)) {
      packer.write(bytes);
    }
    return packed.size() < bytes.length ? packed.toByteArray() : null;
  }

  /** At the highest level, as it is packed once for everybody who loads it. */
  private static final class Packer extends GZIPOutputStream {
    Packer(ByteArrayOutputStream to) throws IOException {
      super(to);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}

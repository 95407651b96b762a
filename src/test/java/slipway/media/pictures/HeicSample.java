package slipway.media.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import slipway.media.Samples;

/**
 * An HEIC file as a phone lays it out: a picture of 4032 x 3024 out of tiles, a thumbnail, a turn
 * by 90 degrees, and Exif. No picture of it is encoded: nothing here decodes one.
 */
public final class HeicSample {
  private static final int TILE = 1;
  private static final int GRID = 49;
  private static final int THUMBNAIL = 50;
  private static final int EXIF = 51;

  private HeicSample() {}

  /** The file; it was taken on 2024-05-06 at 05:08:09 UTC. */
  public static byte[] file() {
    byte[] exif = Samples.exif(6);
    byte[] item = join(int32(6), exif);
    byte[] type = box("ftyp", "heic".getBytes(StandardCharsets.US_ASCII), int32(0));
    int at = type.length + meta(0, item.length).length + 8;
    return join(type, meta(at, item.length), box("mdat", item));
  }

  /** One whose second box claims as many bytes as 63 bits can tell. */
  public static byte[] farBox() {
    byte[] type = box("ftyp", "heic".getBytes(StandardCharsets.US_ASCII), int32(0));
    byte[] far = join(int32(1), "skip".getBytes(StandardCharsets.US_ASCII), int32(-1 >>> 1));
    return join(type, far, int32(-1), new byte[40]);
  }

  /** One of 1 MB that has billions of pieces of no bytes. */
  public static byte[] manyExtents() {
    int items = 100_000;
    ByteBuffer pieces = ByteBuffer.allocate(items * 10);
    for (int i = 0; i < items; i++) {
      pieces.putInt(1).putShort((short) 0).putShort((short) 0).putShort((short) -1);
    }
    byte[] locations = box("iloc", int32(2 << 24), int16(0), int32(items + 1), pieces.array());
    return join(
        box("ftyp", "heic".getBytes(StandardCharsets.US_ASCII), int32(0)),
        box("meta", int32(0), box("iinf", int32(0), int16(1), info(EXIF, "Exif")), locations));
  }

  private static byte[] meta(int exifAt, int exifLength) {
    return box(
        "meta",
        int32(0),
        box("hdlr", new byte[8], "pict".getBytes(StandardCharsets.US_ASCII), new byte[13]),
        box("pitm", int32(0), int16(GRID)),
        box("iinf", int32(0), int16(3), info(TILE, "hvc1"), info(GRID, "grid"), info(EXIF, "Exif")),
        locations(exifAt, exifLength),
        properties());
  }

  private static byte[] info(int item, String type) {
    byte[] name = (type + "\0").getBytes(StandardCharsets.US_ASCII);
    return box("infe", int32(2 << 24), int16(item), int16(0), name);
  }

  /** Version 1: offsets and lengths of four bytes; the grid is in {@code idat} (method 1). */
  private static byte[] locations(int exifAt, int exifLength) {
    byte[] grid = join(int16(GRID), int16(1), int16(0), int16(1), int32(0), int32(8));
    byte[] exif = join(int16(EXIF), int16(0), int16(0), int16(1), int32(exifAt), int32(exifLength));
    return box("iloc", int32(1 << 24), int16(0x4400), int16(2), grid, exif);
  }

  private static byte[] properties() {
    byte[] all =
        box(
            "ipco",
            extents(512, 512),
            extents(4032, 3024),
            box("irot", new byte[] {1}),
            extents(320, 240));
    byte[] tile = join(int16(TILE), new byte[] {1, (byte) 0x81});
    byte[] grid = join(int16(GRID), new byte[] {2, 2, (byte) 0x83});
    byte[] thumbnail = join(int16(THUMBNAIL), new byte[] {1, 4});
    return box("iprp", all, box("ipma", int32(0), int32(3), tile, grid, thumbnail));
  }

  private static byte[] extents(int width, int height) {
    return box("ispe", int32(0), int32(width), int32(height));
  }

  private static byte[] box(String type, byte[]... content) {
    byte[] joined = join(content);
    return join(int32(8 + joined.length), type.getBytes(StandardCharsets.US_ASCII), joined);
  }

  private static byte[] int16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}

package slipway.media.pictures;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

/**
 * The annotations of a PNG: its chunks iCCP and eXIf (PNG, third edition, 11.3.2.3 and 11.3.4.5),
 * each no larger than one needs, since they unpack without a limit. All other chunks are skipped.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int CRC_BYTES = 4;
  private static final int MOST_BYTES = 4 << 20;

  private PngChunks() {}

  static Annotations read(PictureFile file) throws IOException {
    Metadata metadata = new Metadata();
    ICC_Profile profile = null;
    try (DataInputStream in = new DataInputStream(file.stream())) {
      in.skipNBytes(SIGNATURE_BYTES);
      String type = "";
      while (!type.equals("IEND")) {
        long length = Integer.toUnsignedLong(in.readInt());
        type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        if (type.equals("iCCP") && length <= MOST_BYTES) {
          profile = profile(in.readNBytes((int) length));
        } else if (type.equals("eXIf") && length <= MOST_BYTES) {
          new ExifReader().extract(new ByteArrayReader(in.readNBytes((int) length)), metadata);
        } else {
          in.skipNBytes(length);
        }
        in.skipNBytes(CRC_BYTES);
      }
    } catch (EOFException e) {
      // What was read counts; the decoder says what it thinks of the rest.
    }
    return new Annotations(Exif.of(metadata), profile);
  }

  /** A name, a zero, the method (zlib), the packed profile; null when it is not one. */
  private static ICC_Profile profile(byte[] chunk) throws IOException {
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    int start = Math.min(name + 2, chunk.length);
    try (InputStream packed =
        new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start))) {
      ICC_Profile profile = ICC_Profile.getInstance(packed.readNBytes(MOST_BYTES));
      return Profiles.isUsable(profile) ? profile : null;
    } catch (IllegalArgumentException | IOException e) {
      return null;
    }
  }
}

package slipway.media.pictures;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a decoder's process is asked for. */
public sealed interface DecoderRequest {
  /** Sends it. */
  void write(DataOutputStream out) throws IOException;

  /**
   * To decode a picture, in place of the one before.
   *
   * @param file its path
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   */
  record Decode(String file, String contentType, int maxWidth) implements DecoderRequest {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeBoolean(true);
      out.writeUTF(file);
      out.writeUTF(contentType);
      out.writeInt(maxWidth);
    }
  }

  /**
   * To write a rendition of the picture that was decoded last.
   *
   * @param file the path to write to
   * @param width pixels
   * @param height pixels
   * @param crop whether to cut what does not fit, from the middle
   */
  record Scale(String file, int width, int height, boolean crop) implements DecoderRequest {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeBoolean(false);
      out.writeUTF(file);
      out.writeInt(width);
      out.writeInt(height);
      out.writeBoolean(crop);
    }
  }

  /** The next that comes. */
  static DecoderRequest read(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new Decode(in.readUTF(), in.readUTF(), in.readInt())
        : new Scale(in.readUTF(), in.readInt(), in.readInt(), in.readBoolean());
  }
}

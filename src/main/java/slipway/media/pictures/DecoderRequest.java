package slipway.media.pictures;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a decoder's process is asked to do. */
public sealed interface DecoderRequest {
  /** Sends it. */
  void write(DataOutputStream out) throws IOException;

  /**
   * To decode a picture, in place of the one before.
   *
   * @param file its path
   * @param contentType MIME type by content
   * @param maxWidth pixels, of the picture as shown
   * @param source path of the HEIC or AVIF file that another program decoded to this one; empty for
   *     none
   */
  record Decode(String file, String contentType, int maxWidth, String source)
      implements DecoderRequest {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte('d');
      out.writeUTF(file);
      out.writeUTF(contentType);
      out.writeInt(maxWidth);
      out.writeUTF(source);
    }
  }

  /**
   * To say what an HEIC or AVIF file is, and to make it ready for another program that decodes it.
   * The answer's words are the format that it is to be decoded to, {@code png} or {@code jpg}.
   *
   * @param file its path
   * @param contentType MIME type by content
   * @param copy the path of what is to be decoded; nothing is there where it is the file itself
   */
  record Prepare(String file, String contentType, String copy) implements DecoderRequest {
    @Override
    public void write(DataOutputStream out) throws IOException {
      out.writeByte('p');
      out.writeUTF(file);
      out.writeUTF(contentType);
      out.writeUTF(copy);
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
      out.writeByte('s');
      out.writeUTF(file);
      out.writeInt(width);
      out.writeInt(height);
      out.writeBoolean(crop);
    }
  }

  /** The next that comes. */
  static DecoderRequest read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'd' -> new Decode(in.readUTF(), in.readUTF(), in.readInt(), in.readUTF());
      case 'p' -> new Prepare(in.readUTF(), in.readUTF(), in.readUTF());
      case 's' -> new Scale(in.readUTF(), in.readInt(), in.readInt(), in.readBoolean());
      default -> throw new IOException("No such request: " + kind);
    };
  }
}

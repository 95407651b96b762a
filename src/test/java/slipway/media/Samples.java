package slipway.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import slipway.harness.Kept;
import slipway.harness.Tool;

/** Files of every kind, each from a real encoder. */
public final class Samples {
  private static final String FFMPEG = "-v error -nostdin -y ";

  private Samples() {}

  /** Red, green, blue and white quarters: top left, top right, bottom left, bottom right. */
  static BufferedImage quarters(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < colours.length; i++) {
      graphics.setColor(colours[i]);
      graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, (width + 1) / 2, (height + 1) / 2);
    }
    graphics.dispose();
    return image;
  }

  /** The four corners' colours, as in {@code RGBW}; "?" where it is not one of these. */
  static String corners(BufferedImage image) {
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    return colour(image.getRGB(0, 0))
        + colour(image.getRGB(right, 0))
        + colour(image.getRGB(0, bottom))
        + colour(image.getRGB(right, bottom));
  }

  static String colour(int rgb) {
    int bits = (rgb >> 21 & 4) | (rgb >> 14 & 2) | (rgb >> 7 & 1);
    return switch (bits) {
      case 4 -> "R";
      case 2 -> "G";
      case 1 -> "B";
      case 3 -> "C";
      case 7 -> "W";
      default -> "?";
    };
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IllegalArgumentException("No encoder for " + format);
    }
    return bytes.toByteArray();
  }

  /** The JPEG with another segment right after its start. */
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return ByteBuffer.allocate(jpeg.length + 4 + content.length)
        .put(jpeg, 0, 2)
        .putShort((short) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Exif of an orientation, a time (2024-05-06 07:08:09 +02:00) and a place (55 N, 12 E). */
  public static byte[] exif(int orientation) {
    ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    b.put("Exif\0\0II*\0".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    b.putShort((short) 3);
    entry(b, 0x0112, 3, 1, orientation);
    entry(b, 0x8769, 4, 1, 100);
    entry(b, 0x8825, 4, 1, 200);
    b.position(6 + 100).putShort((short) 2);
    entry(b, 0x9003, 2, 20, 140);
    entry(b, 0x9011, 2, 7, 170);
    b.position(6 + 140).put("2024:05:06 07:08:09\0".getBytes(StandardCharsets.US_ASCII));
    b.position(6 + 170).put("+02:00\0".getBytes(StandardCharsets.US_ASCII));
    b.position(6 + 200).putShort((short) 4);
    entry(b, 1, 2, 2, 'N');
    entry(b, 2, 5, 3, 280);
    entry(b, 3, 2, 2, 'E');
    entry(b, 4, 5, 3, 310);
    b.position(6 + 280).putInt(55).putInt(1).putInt(0).putInt(1).putInt(0).putInt(1);
    b.position(6 + 310).putInt(12).putInt(1).putInt(0).putInt(1).putInt(0).putInt(1);
    return b.array();
  }

  private static void entry(ByteBuffer b, int tag, int type, int count, int value) {
    b.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  /** An RGB profile whose red and green primaries stand in each other's place. */
  static byte[] swappedProfile() {
    ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    ICC_Profile profile = ICC_Profile.getInstance(srgb.getData());
    byte[] red = srgb.getData(ICC_Profile.icSigRedColorantTag);
    profile.setData(
        ICC_Profile.icSigRedColorantTag, srgb.getData(ICC_Profile.icSigGreenColorantTag));
    profile.setData(ICC_Profile.icSigGreenColorantTag, red);
    byte[] head = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1);
    byte[] data = profile.getData();
    return ByteBuffer.allocate(head.length + data.length).put(head).put(data).array();
  }

  /** The same profile as a PNG has it: a name and the packed bytes. */
  static byte[] packedProfile() throws IOException {
    byte[] segment = swappedProfile();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write(new byte[] {'x', 0, 0});
    try (DeflaterOutputStream packed = new DeflaterOutputStream(chunk)) {
      packed.write(segment, 14, segment.length - 14);
    }
    return chunk.toByteArray();
  }

  /** The PNG with another chunk right after its header. */
  static byte[] withChunk(byte[] png, String type, byte[] content) {
    int header = 33;
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    return ByteBuffer.allocate(png.length + 12 + content.length)
        .put(png, 0, header)
        .putInt(content.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .putInt((int) crc.getValue())
        .put(png, header, png.length - header)
        .array();
  }

  /** A JPEG of four inks as Adobe's programs write it, with 0 for all ink: all cyan. */
  static byte[] cmykJpeg() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 64, 48, 4, null);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        raster.setPixel(x, y, new int[] {0, 255, 255, 255});
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = jdkWriter();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    byte[] adobe = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    return withSegment(bytes.toByteArray(), 0xffee, adobe);
  }

  static byte[] progressiveJpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = jdkWriter();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG, whose frame header claims that size. */
  static byte[] withSize(byte[] jpeg, int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg.clone());
    int at = 2;
    while ((bytes.getShort(at) & 0xfffd) != 0xffc0) {
      at += 2 + (bytes.getShort(at + 2) & 0xffff);
    }
    return bytes.putShort(at + 5, (short) height).putShort(at + 7, (short) width).array();
  }

  private static ImageWriter jdkWriter() {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("The JDK has no JPEG writer");
  }

  /** A PNG whose header claims that size, and which has no pixels at all. */
  static byte[] bomb(int width, int height) throws IOException {
    byte[] png = encode(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  /**
   * What ffmpeg makes of these options, the last of which is the name of the file, and of the files
   * that they name; once a build.
   */
  static Path ffmpeg(Path folder, String options) throws IOException {
    return made(folder, "ffmpeg", FFMPEG + options);
  }

  /** The same, of files that are others each time. */
  static Path ffmpegNow(Path folder, String options) throws IOException, InterruptedException {
    List<String> words = List.of((FFMPEG + options).split(" "));
    Path file = folder.resolve(words.get(words.size() - 1));
    run(folder, Tool.require("ffmpeg"), words.subList(0, words.size() - 1), file);
    return file;
  }

  /** The same as {@link #ffmpeg} by heif-enc. */
  public static Path heif(Path folder, String options) throws IOException {
    int last = options.lastIndexOf(' ');
    return made(folder, "heif-enc", options.substring(0, last) + " -o" + options.substring(last));
  }

  private static Path made(Path folder, String program, String options) throws IOException {
    Path path = Tool.require(program);
    List<String> words = List.of(options.split(" "));
    String name = words.get(words.size() - 1);
    List<String> before = words.subList(0, words.size() - 1);
    List<String> made = new ArrayList<>(List.of(path.toString(), options));
    for (String word : before) {
      Path source = folder.resolve(word);
      if (Files.isRegularFile(source)) {
        made.add(HexFormat.of().formatHex(Files.readAllBytes(source)));
      }
    }
    Path kept = Kept.of(Kept.name(made) + "-" + name, file -> run(folder, path, before, file));
    return Files.copy(kept, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void run(Path folder, Path program, List<String> options, Path file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(options);
    command.add(file.toString());
    Path log = folder.resolve(program.getFileName() + ".log");
    int status =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }
}

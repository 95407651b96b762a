package slipway.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HEIC or AVIF file rebuilt from encoded pictures of others, as phones and programs make them
 * (ISO/IEC 23008-12): turned, cut, of tiles, with other pictures beside the primary one.
 */
final class HeifEdit {
  private final List<Item> items = new ArrayList<>();
  private final List<byte[]> references = new ArrayList<>();
  private String brand = "heic";
  private int primary = 1;

  private record Item(String type, byte[] data, List<byte[]> properties, boolean isHidden) {}

  /** The only picture of a file that heif-enc made: its data and its properties. */
  record Coded(String type, byte[] data, List<byte[]> properties) {
    static Coded of(byte[] file) {
      Map<String, byte[]> meta = boxes(content(boxes(file, 0).get("meta"), 4), 0);
      ByteBuffer locations = ByteBuffer.wrap(content(meta.get("iloc"), 0));
      int version = locations.get(0);
      int sizes = locations.getShort(4) & 0xffff;
      int base = sizes >> 4 & 15;
      int at = 8 + 2 + (version == 0 ? 0 : 2) + 2;
      int offset = base == 0 ? 0 : locations.getInt(at);
      at += base + 2;
      int start = offset + ((sizes >> 12) == 0 ? 0 : locations.getInt(at));
      int length = locations.getInt(at + (sizes >> 12));
      byte[] infos = content(meta.get("iinf"), 0);
      List<byte[]> properties = new ArrayList<>();
      byte[] all = boxes(content(meta.get("iprp"), 0), 0).get("ipco");
      for (int i = 8; i < all.length; i += ByteBuffer.wrap(all).getInt(i)) {
        properties.add(Arrays.copyOfRange(all, i, i + ByteBuffer.wrap(all).getInt(i)));
      }
      return new Coded(
          new String(infos, 6 + 8 + 8, 4, StandardCharsets.US_ASCII),
          Arrays.copyOfRange(file, start, start + length),
          properties);
    }

    /** The same with another property of that type, or one more. */
    Coded with(String type, byte[] property) {
      List<byte[]> all = new ArrayList<>(properties);
      all.removeIf(one -> new String(one, 4, 4, StandardCharsets.US_ASCII).equals(type));
      all.add(property);
      return new Coded(this.type, data, all);
    }

    private static Map<String, byte[]> boxes(byte[] bytes, int from) {
      Map<String, byte[]> boxes = new LinkedHashMap<>();
      for (int at = from; at + 8 <= bytes.length; ) {
        int size = ByteBuffer.wrap(bytes).getInt(at);
        String type = new String(bytes, at + 4, 4, StandardCharsets.US_ASCII);
        boxes.put(type, Arrays.copyOfRange(bytes, at, at + size));
        at += size;
      }
      return boxes;
    }

    private static byte[] content(byte[] box, int more) {
      return Arrays.copyOfRange(box, 8 + more, box.length);
    }
  }

  /** Adds a picture; the first has the number 1. */
  HeifEdit picture(Coded coded, boolean hidden, byte[]... more) {
    List<byte[]> properties = new ArrayList<>(coded.properties());
    properties.addAll(List.of(more));
    items.add(new Item(coded.type(), coded.data(), properties, hidden));
    return this;
  }

  /** Adds a picture of tiles: those items, row by row. */
  HeifEdit grid(int rows, int columns, int width, int height, int... tiles) {
    byte[] data =
        join(
            new byte[] {0, 0, (byte) (rows - 1), (byte) (columns - 1)},
            int16(width),
            int16(height));
    items.add(new Item("grid", data, List.of(extents(width, height)), false));
    return reference("dimg", items.size(), tiles);
  }

  /** Adds what Exif says of a picture. */
  HeifEdit exif(byte[] exif, int picture) {
    items.add(new Item("Exif", join(int32(6), exif), List.of(), true));
    return reference("cdsc", items.size(), picture);
  }

  HeifEdit reference(String type, int from, int... to) {
    byte[] all = join(int16(from), int16(to.length));
    for (int one : to) {
      all = join(all, int16(one));
    }
    references.add(box(type, all));
    return this;
  }

  HeifEdit primary(int item) {
    primary = item;
    return this;
  }

  HeifEdit brand(String major) {
    brand = major;
    return this;
  }

  byte[] file() {
    byte[] type = box("ftyp", ascii(brand), int32(0), ascii("mif1"), ascii("heic"), ascii("avif"));
    int at = type.length + meta(0).length + 8;
    byte[] data = new byte[0];
    for (Item item : items) {
      data = join(data, item.data());
    }
    return join(type, meta(at), box("mdat", data));
  }

  private byte[] meta(int dataAt) {
    byte[] infos = int16(items.size());
    byte[] locations = int16(items.size());
    byte[] properties = new byte[0];
    byte[] associations = int32(items.size());
    int number = 0;
    int at = dataAt;
    int property = 0;
    for (Item item : items) {
      number++;
      byte[] name = join(ascii(item.type()), new byte[1]);
      int flags = 2 << 24 | (item.isHidden() ? 1 : 0);
      infos = join(infos, box("infe", int32(flags), int16(number), int16(0), name));
      locations =
          join(locations, int16(number), int16(0), int16(1), int32(at), int32(item.data().length));
      at += item.data().length;
      associations = join(associations, int16(number), int8(item.properties().size()));
      for (byte[] one : item.properties()) {
        properties = join(properties, one);
        property++;
        associations = join(associations, int8(property));
      }
    }
    byte[] links = new byte[0];
    for (byte[] one : references) {
      links = join(links, one);
    }
    return box(
        "meta",
        int32(0),
        box("hdlr", new byte[8], ascii("pict"), new byte[13]),
        box("pitm", int32(0), int16(primary)),
        box("iloc", int32(0), int16(0x4400), locations),
        box("iinf", int32(0), infos),
        references.isEmpty() ? new byte[0] : box("iref", int32(0), links),
        box("iprp", box("ipco", properties), box("ipma", int32(0), associations)));
  }

  static byte[] extents(int width, int height) {
    return box("ispe", int32(0), int32(width), int32(height));
  }

  /** Turns against the clock by that many quarters. */
  static byte[] turn(int quarters) {
    return box("irot", int8(quarters));
  }

  /** 0: top and bottom change places; 1: left and right do. */
  static byte[] mirror(int mode) {
    return box("imir", int8(mode));
  }

  /** Cuts a part out whose middle is that far from the picture's. */
  static byte[] cut(int width, int height, int right, int down) {
    return box(
        "clap",
        join(int32(width), int32(1), int32(height), int32(1)),
        join(int32(right), int32(1), int32(down), int32(1)));
  }

  /** Says by numbers what its colours mean (ITU-T H.273); from YCbCr as BT.601 does, full range. */
  static byte[] colours(int primaries, int transfer) {
    return box("colr", ascii("nclx"), int16(primaries), int16(transfer), int16(6), int8(0x80));
  }

  /** Says what an auxiliary picture is for. */
  static byte[] auxiliary(String urn) {
    return box("auxC", int32(0), ascii(urn), new byte[1]);
  }

  private static byte[] box(String type, byte[]... content) {
    byte[] all = join(content);
    return join(int32(all.length + 8), ascii(type), all);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] int8(int number) {
    return new byte[] {(byte) number};
  }

  private static byte[] int16(int number) {
    return ByteBuffer.allocate(2).putShort((short) number).array();
  }

  private static byte[] int32(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

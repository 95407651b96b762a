package slipway.token;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.details.CleanHtml;
import slipway.details.Details;

/**
 * A token without its id, in a form that takes little memory, as there are millions: values that
 * many tokens share are one object, and everything else is in one array.
 */
final class PackedToken {
  private static final int IN_BACKGROUND = 1;
  private static final int PUBLISHED = 2;
  private static final int HAS_OWNER = 4;
  private static final int HAS_TIME = 8;
  private static final int HAS_ADDRESS = 16;
  private static final int REPLACES = 32;

  /** Lengths from this on follow in four bytes. */
  private static final int LONG = 0xff;

  private final TokenLimits limits;
  private final TokenTerms terms;
  private final Issuer issuer;
  private final long validUntil;
  private final byte[] rest;

  private PackedToken(UploadToken token, byte[] rest) {
    this.limits = token.limits().shared();
    this.terms = TokenTerms.of(token.validMinutes(), token.maxUploads());
    this.issuer = Issuer.shared(token.issuer());
    this.validUntil = token.validUntil().toEpochMilli();
    this.rest = rest;
  }

  static PackedToken of(UploadToken token) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(rest)) {
      write(token, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PackedToken(token, rest.toByteArray());
  }

  private static void write(UploadToken token, DataOutputStream out) throws IOException {
    Details details = token.details();
    out.writeByte(flags(token));
    if (token.replaces() != null) {
      out.writeLong(token.replaces());
    }
    text(out, token.returnTo().url());
    length(out, token.returnTo().extra().size());
    for (Map.Entry<String, String> extra : token.returnTo().extra()) {
      text(out, extra.getKey());
      text(out, extra.getValue());
    }
    if (details.userId() != null) {
      out.writeLong(details.userId());
    }
    length(out, details.albumIds().size());
    for (Long album : details.albumIds()) {
      out.writeLong(album);
    }
    text(out, details.title());
    text(out, details.description().html());
    text(out, details.tags());
    if (details.publishAt() != null) {
      out.writeLong(details.publishAt().getEpochSecond());
      out.writeInt(details.publishAt().getNano());
    }
    if (details.absoluteUrl() != null) {
      text(out, details.absoluteUrl());
    }
  }

  private static int flags(UploadToken token) {
    Details details = token.details();
    return (token.returnTo().inBackground() ? IN_BACKGROUND : 0)
        | (details.publish() ? PUBLISHED : 0)
        | (details.userId() != null ? HAS_OWNER : 0)
        | (details.publishAt() != null ? HAS_TIME : 0)
        | (details.absoluteUrl() != null ? HAS_ADDRESS : 0)
        | (token.replaces() != null ? REPLACES : 0);
  }

  /** The token, which has that id. */
  UploadToken of(String id) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest))) {
      return read(id, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UploadToken read(String id, DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    Long replaces = has(flags, REPLACES) ? in.readLong() : null;
    ReturnTo returnTo = new ReturnTo(text(in), has(flags, IN_BACKGROUND), extra(in));
    Details details =
        new Details(
            has(flags, HAS_OWNER) ? in.readLong() : null,
            albums(in),
            text(in),
            CleanHtml.stored(text(in)),
            text(in),
            has(flags, PUBLISHED),
            has(flags, HAS_TIME) ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null,
            has(flags, HAS_ADDRESS) ? text(in) : null);
    Instant until = Instant.ofEpochMilli(validUntil);
    return new UploadToken(id, returnTo, details, limits, terms, until, issuer, replaces);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static List<Map.Entry<String, String>> extra(DataInputStream in) throws IOException {
    List<Map.Entry<String, String>> extra = new ArrayList<>();
    for (int left = length(in); left > 0; left--) {
      extra.add(Map.entry(text(in), text(in)));
    }
    return List.copyOf(extra);
  }

  private static List<Long> albums(DataInputStream in) throws IOException {
    List<Long> albums = new ArrayList<>();
    for (int left = length(in); left > 0; left--) {
      albums.add(in.readLong());
    }
    return List.copyOf(albums);
  }

  /** One byte a character where that is enough, else two: no character is lost. */
  private static void text(DataOutputStream out, String text) throws IOException {
    boolean isWide = isWide(text);
    length(out, text.length());
    out.writeBoolean(isWide);
    if (isWide) {
      out.writeChars(text); // An encoding would lose halves of characters.
    } else {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1)); // One by one, each would take a lock.
    }
  }

  private static boolean isWide(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return true;
      }
    }
    return false;
  }

  private static String text(DataInputStream in) throws IOException {
    int length = length(in);
    boolean isWide = in.readBoolean();
    if (!isWide) {
      return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = in.readChar();
    }
    return new String(text);
  }

  private static void length(DataOutputStream out, int length) throws IOException {
    if (length < LONG) {
      out.writeByte(length);
    } else {
      out.writeByte(LONG);
      out.writeInt(length);
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte();
    return length < LONG ? length : in.readInt();
  }

  /** What it is for. */
  TokenPurpose purpose() {
    return has(rest[0], REPLACES) ? TokenPurpose.REPLACE : TokenPurpose.UPLOAD;
  }

  /** Whether no upload may start at that moment. */
  boolean isExpired(Instant now) {
    return UploadToken.isExpired(validUntil, now.toEpochMilli());
  }

  /** How many files it is valid for. */
  int maxUploads() {
    return terms.maxUploads();
  }

  /** Who asked for it. */
  Issuer issuer() {
    return issuer;
  }
}

package slipway.media.pictures;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import slipway.media.pictures.NoPreviewException.Obstacle;

/**
 * What a decoder's process answers.
 *
 * @param verdict whether it was done
 * @param obstacle what stood in the way; null when nothing did, or it was no fault of the file
 * @param words for people; when it was done, the text that the request asked for, or empty
 * @param facts of the file, as far as they are known
 */
public record DecoderAnswer(Verdict verdict, Obstacle obstacle, String words, MediaFacts facts) {
  /** How a request ends. */
  public enum Verdict {
    /** It was done. */
    DONE,
    /** There is no picture, because of a fault of the file or because of its type. */
    NONE,
    /** A file could not be read or written. */
    TROUBLE
  }

  /** A text that is sent is bounded. */
  private static final int MOST_CAUSES = 10;

  private static final int MOST_CHARS = 500;
  private static final long UNKNOWN = Long.MIN_VALUE;

  static DecoderAnswer done(MediaFacts facts) {
    return done(facts, "");
  }

  static DecoderAnswer done(MediaFacts facts, String words) {
    return new DecoderAnswer(Verdict.DONE, null, words, facts);
  }

  static DecoderAnswer none(NoPreviewException why) {
    return new DecoderAnswer(Verdict.NONE, why.obstacle(), why.getMessage(), why.facts());
  }

  /** With the words of its causes: what the system said is most often the last. */
  static DecoderAnswer trouble(Throwable failure) {
    StringBuilder words = new StringBuilder();
    int count = 0;
    for (Throwable e = failure; e != null && count < MOST_CAUSES; e = e.getCause(), count++) {
      String said = e.toString();
      words.append(count == 0 ? "" : ", caused by ");
      words.append(said, 0, Math.min(said.length(), MOST_CHARS));
    }
    return new DecoderAnswer(Verdict.TROUBLE, null, words.toString(), MediaFacts.NONE);
  }

  /**
   * The facts, when it was done.
   *
   * @throws NoPreviewException when there is no picture
   * @throws IOException when a file could not be read or written
   */
  public MediaFacts orThrow() throws IOException, NoPreviewException {
    return switch (verdict) {
      case DONE -> facts;
      case NONE -> throw new NoPreviewException(obstacle, words, facts);
      case TROUBLE -> throw new IOException(words);
    };
  }

  void write(DataOutputStream out) throws IOException {
    out.writeByte(verdict.ordinal());
    out.writeByte(obstacle == null ? -1 : obstacle.ordinal());
    out.writeUTF(words);
    write(out, facts.width());
    write(out, facts.height());
    write(out, facts.durationMillis());
    write(out, facts.takenAt() == null ? null : facts.takenAt().toEpochMilli());
    out.flush();
  }

  private static void write(DataOutputStream out, Number number) throws IOException {
    out.writeLong(number == null ? UNKNOWN : number.longValue());
  }

  /** The next that comes. */
  public static DecoderAnswer read(DataInputStream in) throws IOException {
    Verdict verdict = Verdict.values()[in.readByte()];
    int obstacle = in.readByte();
    String words = in.readUTF();
    Long width = number(in);
    Long height = number(in);
    Long durationMillis = number(in);
    Long takenAt = number(in);
    return new DecoderAnswer(
        verdict,
        obstacle < 0 ? null : Obstacle.values()[obstacle],
        words,
        new MediaFacts(
            width == null ? null : width.intValue(),
            height == null ? null : height.intValue(),
            durationMillis,
            takenAt == null ? null : Instant.ofEpochMilli(takenAt)));
  }

  private static Long number(DataInputStream in) throws IOException {
    long number = in.readLong();
    return number == UNKNOWN ? null : number;
  }
}

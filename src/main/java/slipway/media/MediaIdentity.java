package slipway.media;

import java.io.IOException;
import java.util.Optional;

/**
 * What the place of the kept files says of itself before it is used: which database it belongs to,
 * and whether there is anything in it. Only {@link #write} changes it.
 */
public interface MediaIdentity {
  /** What the identity is kept as. */
  String NAME = "identity";

  /** By what those who run the service say that media and database belong together. */
  String TOGETHER = "belongs-together";

  /** What kind of place it is, for people, such as {@code media folder}. */
  String kind();

  /** Where it is, for people. */
  String place();

  /** What is to be made there, empty, to say {@link #TOGETHER}, for people. */
  String together();

  /** Why files may not be there that a database names, for people. */
  String suspicion();

  /** The identity; empty when the place has none. */
  Optional<String> read() throws IOException;

  /** Whether those who run the service say that media and database belong together. */
  boolean isSaidToBelong() throws IOException;

  /** Writes the identity; durable on return. What {@link #isSaidToBelong} told is done with. */
  void write(String identity) throws IOException;

  /** Whether the original of that key is there. */
  boolean has(MediaKey key) throws IOException;

  /** Whether there is an original or a rendition, set aside or not. */
  boolean hasKept() throws IOException;

  /** Whether there is anything at all that a visitor sent. */
  boolean isUsed() throws IOException;
}

package slipway.media;

import java.io.IOException;
import java.util.Optional;

/**
 * The identity of the store of the kept files, which is checked before it is used: which database
 * it belongs to, and whether it is empty. Only {@link #write} changes it.
 */
public interface MediaIdentity {
  /** The name under which the identity is stored. */
  String NAME = "identity";

  /** The name by which the administrator declares that media and database belong together. */
  String TOGETHER = "belongs-together";

  /** What kind of place it is, for people, such as {@code media folder}. */
  String kind();

  /** Where it is, for people. */
  String place();

  /** What to create there, empty, to declare {@link #TOGETHER}, for people. */
  String together();

  /** Why files that a database names may be missing, for people. */
  String suspicion();

  /** The identity; empty when the place has none. */
  Optional<String> read() throws IOException;

  /** Whether the administrator declares that media and database belong together. */
  boolean isSaidToBelong() throws IOException;

  /** Writes the identity; durable on return. Removes the declaration of {@link #isSaidToBelong}. */
  void write(String identity) throws IOException;

  /** Whether the original of that key is there. */
  boolean has(MediaKey key) throws IOException;

  /** Whether there is an original or a rendition, set aside or not. */
  boolean hasKept() throws IOException;

  /** Whether there is anything that a visitor sent. */
  boolean isUsed() throws IOException;
}

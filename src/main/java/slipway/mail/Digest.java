package slipway.mail;

import java.util.List;

/**
 * What an e-mail tells a user of.
 *
 * @param id identifies it: the same each time it is sent
 * @param address of the user, as the database has it
 * @param files how many there are in all
 * @param sources where they came from, those with the most files first; further ones are left out
 */
record Digest(String id, String address, long files, List<DigestSource> sources) {
  /**
   * A link that files came by, or an album that they came into.
   *
   * @param title what its owner calls it; may be empty
   * @param files how many
   * @param names what visitors call the first of them: as they were sent
   */
  record DigestSource(String title, long files, List<String> names) {}

  /** How many files the sources have. */
  long shown() {
    return sources.stream().mapToLong(DigestSource::files).sum();
  }
}

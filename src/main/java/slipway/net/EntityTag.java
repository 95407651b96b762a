package slipway.net;

/**
 * The ETag of an answer (RFC 9110, 8.8.3).
 *
 * @param value what tells this from what else the address may answer with; of letters, digits and
 *     hyphens
 */
public record EntityTag(String value) {
  /** As the header has it. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }

  /**
   * Whether a browser has what it stands for. A proxy that compresses makes a tag weak, and for
   * this it is the same then.
   *
   * @param ifNoneMatch the header of that name; null for none
   */
  public boolean isAmong(String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String known : ifNoneMatch.split(",", -1)) {
      String tag = known.strip();
      if (tag.equals("*") || tag.equals(toString()) || tag.equals("W/" + this)) {
        return true;
      }
    }
    return false;
  }
}

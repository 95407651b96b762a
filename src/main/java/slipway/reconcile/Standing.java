package slipway.reconcile;

/**
 * The result of comparing database and media folder.
 *
 * @param compared whether they have been compared since the start
 * @param isFailing whether the last attempt to compare them, or to look after what is set aside,
 *     has failed
 * @param setAside files that no row knows, in the folder for them
 * @param missing photos whose file is not there
 */
public record Standing(boolean compared, boolean isFailing, int setAside, int missing) {
  /** {@code true} or {@code false}, whether they have been compared, or {@code failing}. */
  public String state() {
    return isFailing ? "failing" : Boolean.toString(compared);
  }

  Standing failing() {
    return new Standing(compared, true, setAside, missing);
  }
}

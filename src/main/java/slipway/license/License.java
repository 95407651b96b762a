package slipway.license;

/** What others may do with a photo. The numbers are the platform's. */
public enum License {
  ALL_RIGHTS_RESERVED(0, "All Rights Reserved", ""),
  PUBLIC_DOMAIN(100, "Public Domain", "publicdomain/"),
  BY_NC_SA(1, "Attribution-NonCommercial-ShareAlike License", "by-nc-sa/3.0/"),
  BY_NC(2, "Attribution-NonCommercial License", "by-nc/3.0/"),
  BY_NC_ND(3, "Attribution-NonCommercial-NoDerivs License", "by-nc-nd/3.0/"),
  BY(4, "Attribution License", "by/3.0/"),
  BY_SA(5, "Attribution-ShareAlike License", "by-sa/3.0/"),
  BY_ND(6, "Attribution-NoDerivs License", "by-nd/3.0/");

  private static final String CREATIVE_COMMONS = "https://creativecommons.org/licenses/";

  private final int id;
  private final String title;
  private final String path;

  License(int id, String title, String path) {
    this.id = id;
    this.title = title;
    this.path = path;
  }

  /**
   * The licence of that number, as a row has it.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static License of(int id) {
    for (License each : values()) {
      if (each.id == id) {
        return each;
      }
    }
    throw new IllegalArgumentException("There is no licence " + id);
  }

  /** Its number in replies and rows. */
  public int id() {
    return id;
  }

  /** Its name, in English. */
  public String title() {
    return title;
  }

  /** Where its text is; empty where nothing is allowed. */
  public String url() {
    return path.isEmpty() ? "" : CREATIVE_COMMONS + path;
  }
}

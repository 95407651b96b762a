package slipway.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The site, as replies describe it.
 *
 * @param domain its host name, with the port where it is not the default one
 * @param path what the paths of its pages and files begin with, such as {@code /media}; mostly
 *     empty
 * @param name for people
 */
public record SiteFields(String domain, String path, String name) {
  private static final String PRODUCT = "slipway";
  private static final String ONLY_SITE = "1";
  private static final String NO_LICENSE = "0";

  /** The fields of a reply's {@code site}. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("domain", domain);
    fields.put("product_key", PRODUCT);
    fields.put("site_id", ONLY_SITE);
    fields.put("site_name", name);
    return fields;
  }

  /** The same, with the further fields of {@code site/get}. */
  public Map<String, String> allFields() {
    Map<String, String> fields = fields();
    fields.put("allow_signup_p", "f");
    fields.put("site_key", key());
    fields.put("license_id", NO_LICENSE);
    return fields;
  }

  /** The path of a user's page; empty for nobody. */
  public String userUrl(Long userId) {
    return userId == null ? "" : path + "/user/" + userId;
  }

  /** The name in lower case, with letters and digits only; the product's if none are left. */
  private String key() {
    String key = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return key.isEmpty() ? PRODUCT : key;
  }
}

package slipway.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The site that a reply speaks for.
 *
 * @param domain its host name, with the port where it is not the default one
 * @param path what the paths of its pages and files begin with, such as {@code /media}; mostly
 *     empty
 * @param name for people
 */
public record SiteFields(String domain, String path, String name) {
  private static final String PRODUCT = "slipway";
  private static final String ONLY_SITE = "1";

  /** The fields of a reply's {@code site}. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("domain", domain);
    fields.put("product_key", PRODUCT);
    fields.put("site_id", ONLY_SITE);
    fields.put("site_name", name);
    return fields;
  }
}

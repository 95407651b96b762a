package slipway;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.harness.Docs;

/** The table of settings in {@code docs/settings.md}. */
final class SettingsDocs {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(slipway\\.[a-z0-9.-]+)` \\| .* \\| (.*) \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`.*");
  private static final Pattern AMOUNT = Pattern.compile("(\\d+) (KiB|MiB|GiB|million)");

  private SettingsDocs() {}

  /** Every setting's name, and what the table has as its default. */
  static Map<String, String> read() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (MatchResult row : ROW.matcher(Docs.page("settings").text()).results().toList()) {
      if (rows.put(row.group(1), row.group(2)) != null) {
        throw new IllegalStateException(row.group(1) + " stands in the table twice");
      }
    }
    return rows;
  }

  /** Of the defaults those that are values, as one would set them. */
  static Map<String, String> values(Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>();
    defaults.forEach(
        (name, text) -> {
          Matcher code = CODE.matcher(text);
          Matcher amount = AMOUNT.matcher(text);
          if (code.matches()) {
            values.put(name, code.group(1).replace("~", System.getProperty("user.home")));
          } else if (amount.matches()) {
            values.put(name, Long.toString(number(amount.group(1), amount.group(2))));
          }
        });
    return values;
  }

  private static long number(String count, String unit) {
    long one =
        switch (unit) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1_000_000;
        };
    return Long.parseLong(count) * one;
  }
}

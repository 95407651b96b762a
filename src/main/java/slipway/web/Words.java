package slipway.web;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Limits in the words of a visitor. */
public final class Words {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private Words() {}

  /** Types of files, such as {@code image/*} and {@code video/mp4}: "Photos and MP4". */
  public static String types(List<String> types) {
    List<String> names = types.stream().map(Words::type).distinct().toList();
    String last = names.get(names.size() - 1);
    String others = names.stream().limit(names.size() - 1).collect(joining(", "));
    String all = others.isEmpty() ? last : others + " and " + last;
    return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
  }

  private static String type(String type) {
    return switch (type) {
      case "image/*" -> "photos";
      case "video/*" -> "videos";
      default -> type.substring(type.indexOf('/') + 1).replace("x-", "").toUpperCase(Locale.ROOT);
    };
  }

  /** A size, such as "10.7 GB". */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String number = String.format(Locale.ROOT, unit > 1 && value < 100 ? "%.1f" : "%.0f", value);
    return number.replaceFirst("\\.0$", "") + " " + UNITS[unit];
  }

  /** A time that is left, such as "2 hours 5 minutes"; less than a minute is one. */
  public static String left(Duration time) {
    long minutes = Math.max(1, time.toMinutes());
    String hours = minutes < 60 ? "" : count(minutes / 60, "hour");
    String rest = minutes % 60 == 0 ? "" : count(minutes % 60, "minute");
    return (hours + " " + rest).strip();
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}

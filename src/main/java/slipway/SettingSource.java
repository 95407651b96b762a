package slipway;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a setting's text where it may stand, and checks it. */
final class SettingSource {
  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  private final UnaryOperator<String> contextParameters;
  private final Map<String, String> environment = System.getenv();

  SettingSource(UnaryOperator<String> contextParameters) {
    this.contextParameters = contextParameters;
  }

  private String find(String name) {
    String value = System.getProperty(name);
    if (isMissing(value)) {
      value = environment.get(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }
    if (isMissing(value)) {
      value = contextParameters.apply(name);
    }
    return isMissing(value) ? null : value.strip();
  }

  private static boolean isMissing(String value) {
    return value == null || value.isBlank();
  }

  private static IllegalArgumentException invalid(String name, String valid) {
    return new IllegalArgumentException("The setting " + name + " must be " + valid);
  }

  String text(String name, String fallback) {
    String value = find(name);
    return value == null ? fallback : value;
  }

  boolean flag(String name, boolean fallback) {
    return switch (text(name, Boolean.toString(fallback)).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "true or false");
    };
  }

  long number(String name, long fallback, long least, long most) {
    String value = find(name);
    if (value == null) {
      return fallback;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw invalid(name, "a whole number from " + least + " to " + most);
  }

  /** A time such as {@code 90s}, {@code 15m}, {@code 24h} or {@code 7d}, of 1 second at least. */
  Duration duration(String name, Duration fallback) {
    String value = find(name);
    if (value == null) {
      return fallback;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw invalid(name, "a time such as 90s, 15m, 24h or 7d");
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        };
    return Duration.of(Long.parseLong(matcher.group(1)), unit);
  }

  List<String> list(String name, String fallback) {
    return Arrays.stream(text(name, fallback).split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  String secret(String name, int leastLength) {
    String value = find(name);
    if (value != null && value.length() < leastLength) {
      throw invalid(name, "at least " + leastLength + " characters long");
    }
    return value;
  }

  URI webAddress(String name) {
    String value = find(name);
    if (value == null) {
      return null;
    }
    try {
      URI uri = new URI(value.replaceAll("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw invalid(name, "a web address without a path, such as https://media.example.com");
  }

  Path folder(String name, Path fallback, Path webapp) {
    String value = find(name);
    Path folder = (value == null ? fallback : Path.of(value)).toAbsolutePath().normalize();
    if (webapp != null && folder.startsWith(webapp.toAbsolutePath().normalize())) {
      throw invalid(name, "a folder outside the web application, which serves its files to all");
    }
    return folder;
  }
}

package slipway;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import slipway.db.StoredName;
import slipway.media.MediaType;
import slipway.media.program.Program;
import slipway.net.HostName;
import slipway.scan.ClamdAddress;

/** Finds a setting's text where it may stand, and checks it. */
final class SettingSource {
  private static final String ALL_BELOW = "*.";
  private static final Pattern PREFIX = Pattern.compile("/(?:[A-Za-z0-9_-]+/)+");
  private static final int LONGEST_PREFIX = 200;
  private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  private final UnaryOperator<String> contextParameters;
  private final Map<String, String> environment = System.getenv();
  private final Set<String> asked = new HashSet<>();

  SettingSource(UnaryOperator<String> contextParameters) {
    this.contextParameters = contextParameters;
  }

  private String find(String name) {
    asked.add(name);
    String value = System.getProperty(name);
    if (isMissing(value)) {
      value = environment.get(inEnvironment(name));
    }
    if (isMissing(value)) {
      value = contextParameters.apply(name);
    }
    return isMissing(value) ? null : value.strip();
  }

  private static String inEnvironment(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static boolean isMissing(String value) {
    return value == null || value.isBlank();
  }

  static IllegalArgumentException invalid(String name, String valid) {
    return new IllegalArgumentException("The setting " + name + " must be " + valid);
  }

  /**
   * Checks a setting of the log, which reads it by itself before there is a servlet context. A
   * value that is not valid there would give no log at all, or one that discloses too much.
   */
  void checkLog(String name, Pattern valid, String words) {
    asked.add(name);
    String value = System.getProperty(name);
    if (value == null) {
      value = environment.get(inEnvironment(name));
    }
    if (value != null && !valid.matcher(value).matches()) {
      throw invalid(name, words);
    }
    if (!isMissing(contextParameters.apply(name))) {
      throw invalid(name, "a system property or in the environment: the log begins before others");
    }
  }

  /**
   * Names among the system properties or in the environment that look like a setting and are none.
   */
  List<String> unknown() {
    Set<String> known = asked.stream().map(SettingSource::inEnvironment).collect(toSet());
    return Stream.concat(
            System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("slipway.") && !asked.contains(name)),
            environment.keySet().stream()
                .filter(name -> name.startsWith("SLIPWAY_") && !known.contains(name)))
        .sorted()
        .toList();
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

  /** One of the constants of an enum, by its name in lower case. */
  <E extends Enum<E> & StoredName> E constant(String name, E fallback) {
    List<E> all = List.of(fallback.getDeclaringClass().getEnumConstants());
    String value = text(name, fallback.id()).toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(each -> each.id().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    name,
                    "one of " + String.join(", ", all.stream().map(StoredName::id).toList())));
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
      // The error is thrown below.
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

  /** MIME types in lower case, at least one; each must be the type of some kind of file. */
  List<String> mediaTypes(String name, String fallback) {
    List<String> types =
        list(name, fallback).stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
    for (String type : types) {
      if (!MediaType.isKnown(type)) {
        throw invalid(
            name,
            "MIME types that files have, such as image/jpeg,video/*: '" + type + "' is not one");
      }
    }
    if (types.isEmpty()) {
      throw invalid(name, "MIME types, such as image/jpeg,video/*: none is given");
    }
    return types;
  }

  /** Names of hosts in lower case; {@code *.example.com} stands for all below that name. */
  List<String> hosts(String name) {
    List<String> hosts =
        list(name, "").stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    for (String host : hosts) {
      if (!HostName.isOne(host.startsWith(ALL_BELOW) ? host.substring(2) : host)) {
        throw invalid(
            name,
            "names of hosts, such as www.example.com,*.example.org, without scheme, port and path"
                + " and in ASCII: '"
                + host
                + "' is not one");
      }
    }
    return hosts;
  }

  /** A program; it may be missing only where the setting has its default. */
  String program(String name, String usual) {
    String program = text(name, usual);
    if (!program.equals(usual) && !Program.isInstalled(program)) {
      throw invalid(
          name,
          "the path of a program that this user may run, or its name on the PATH: '"
              + program
              + "' is not one");
    }
    return program;
  }

  /**
   * The words of a command, split at spaces, whose program must exist; empty where it is not set.
   */
  List<String> command(String name) {
    String value = find(name);
    if (value == null) {
      return List.of();
    }
    List<String> words = List.of(value.split("\\s+"));
    if (!Program.isInstalled(words.get(0))) {
      throw invalid(
          name,
          "a program that this user may run, by its path or its name on the PATH, with what it is"
              + " given: '"
              + words.get(0)
              + "' is not one");
    }
    return words;
  }

  /** Where clamd listens; null where it is not set. */
  ClamdAddress clamd(String name) {
    String value = find(name);
    return value == null
        ? null
        : ClamdAddress.of(value)
            .orElseThrow(
                () ->
                    invalid(
                        name,
                        "the path of clamd's socket, such as /run/clamav/clamd.ctl, or its host and"
                            + " port, such as clamd.example.com:3310"));
  }

  /**
   * A path that begins and ends with a slash; null where it is not set.
   *
   * @param needed a setting without which this one has no effect
   */
  String prefix(String name, String needed) {
    String value = find(name);
    if (value == null) {
      return null;
    }
    if (value.length() > LONGEST_PREFIX || !PREFIX.matcher(value).matches()) {
      throw invalid(
          name,
          "a path of at most "
              + LONGEST_PREFIX
              + " characters such as /slipway-media/, which begins and ends with a slash, of letters,"
              + " digits, hyphens and underscores");
    }
    if (list(needed, "").isEmpty()) {
      throw new IllegalArgumentException(
          "The setting "
              + name
              + " needs "
              + needed
              + ": a client that does not come through a proxy is sent the file itself");
    }
    return value;
  }

  /** The failure that only one of two settings may be set. */
  static IllegalArgumentException both(String one, String other) {
    return new IllegalArgumentException(
        "The settings " + one + " and " + other + " exclude each other: set one of them");
  }

  /**
   * What a file holds; null where the setting is not set.
   *
   * @param most how many bytes at most
   */
  byte[] file(String name, int most) {
    String value = find(name);
    if (value == null) {
      return null;
    }
    try {
      Path file = Path.of(value);
      if (Files.isRegularFile(file) && Files.size(file) > 0 && Files.size(file) <= most) {
        return Files.readAllBytes(file);
      }
    } catch (IOException | InvalidPathException e) {
      // The message is thrown below.
    }
    throw invalid(
        name,
        "the path of a file of 1 to "
            + most
            + " bytes that this user may read: '"
            + value
            + "' is not one");
  }

  String secret(String name, int leastLength) {
    String value = find(name);
    if (value != null && value.length() < leastLength) {
      throw invalid(name, "at least " + leastLength + " characters long");
    }
    return value;
  }

  /** A key of so many hex digits; null where it is not set. */
  String hex(String name, int digits) {
    String value = find(name);
    if (value != null && !value.matches("[0-9a-fA-F]{" + digits + "}")) {
      throw invalid(name, digits + " hex digits");
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
      if (web && uri.getHost() != null && uri.equals(origin(uri))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The error is thrown below.
    }
    throw invalid(name, "a web address without a path, such as https://media.example.com");
  }

  private static URI origin(URI uri) throws URISyntaxException {
    return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
  }

  Path folder(String name, Path fallback, Path webapp) {
    String value = find(name);
    Path folder = (value == null ? fallback : Path.of(value)).toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw invalid(name, "a folder: " + folder + " is not one");
    }
    if (webapp != null && folder.startsWith(webapp.toAbsolutePath().normalize())) {
      throw invalid(
          name,
          "a folder outside the web application, whose files the container serves to everyone");
    }
    return folder;
  }
}

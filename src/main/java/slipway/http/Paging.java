package slipway.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The part of a list that is asked for.
 *
 * @param number of the page, from 1
 * @param size objects on a full page
 */
public record Paging(int number, int size) {
  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_SIZE = 100;
  private static final int MAX_NUMBER = 10_000_000;

  /**
   * Reads p and size.
   *
   * @throws ApiException when one is not valid
   */
  public static Paging of(Parameters parameters) throws ApiException {
    return new Paging(
        parameters.integer("p", 1, 1, MAX_NUMBER),
        parameters.integer("size", DEFAULT_SIZE, 1, MAX_SIZE));
  }

  /** How many objects come before the page. */
  public long offset() {
    return (number - 1L) * size;
  }

  /** The reply with the objects of the page. */
  public Reply reply(String message, String name, List<Reply.Item> items, long total) {
    return Reply.of(message, name, items, new Reply.Page(number, size, total));
  }

  /**
   * Reads {@code order}.
   *
   * @return whether it is asc
   * @throws ApiException when it is neither asc nor desc
   */
  public static boolean ascending(Parameters parameters, boolean fallback) throws ApiException {
    return switch (parameters.text("order")) {
      case "" -> fallback;
      case "asc" -> true;
      case "desc" -> false;
      default -> throw ApiException.invalid("order", "asc or desc");
    };
  }

  /**
   * Reads {@code orderby}.
   *
   * @param fallback what it is when it is missing; its enum has all that are valid
   * @throws ApiException when it is not among them
   */
  public static <E extends Enum<E>> E orderBy(Parameters parameters, E fallback)
      throws ApiException {
    String asked = parameters.text("orderby");
    if (asked.isEmpty()) {
      return fallback;
    }
    E[] valid = fallback.getDeclaringClass().getEnumConstants();
    return Stream.of(valid)
        .filter(one -> id(one).equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "orderby",
                    "one of " + String.join(", ", Stream.of(valid).map(Paging::id).toList())));
  }

  private static String id(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}

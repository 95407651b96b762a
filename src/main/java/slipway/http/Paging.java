package slipway.http;

import java.util.List;
import java.util.Locale;

/**
 * The part of a list that is requested.
 *
 * @param number of the page, from 1
 * @param size objects on a full page
 */
public record Paging(int number, int size) {
  private static final int DEFAULT_SIZE = 20;
  private static final int MAX_SIZE = 100;
  private static final int MAX_NUMBER = 10_000_000;

  private static final Parameter<Integer> NUMBER = Parameter.integer("p", 1, MAX_NUMBER).orElse(1);
  private static final Parameter<Integer> SIZE =
      Parameter.integer("size", 1, MAX_SIZE).orElse(DEFAULT_SIZE);

  /** The parameters of every list. */
  public static final List<Parameter<?>> PARAMETERS = List.of(NUMBER, SIZE);

  /**
   * Reads p and size.
   *
   * @throws ApiException when one is not valid
   */
  public static Paging of(Parameters parameters) throws ApiException {
    return new Paging(NUMBER.of(parameters), SIZE.of(parameters));
  }

  /** How many objects come before the page. */
  public long offset() {
    return (number - 1L) * size;
  }

  /** The page of a list that is at hand as a whole. */
  public <T> List<T> cut(List<T> all) {
    return all.stream().skip(offset()).limit(size).toList();
  }

  /** The reply with the objects of the page. */
  public Reply reply(String message, String name, List<Reply.Item> items, long total) {
    return Reply.of(message, name, items, new Reply.PageInfo(number, size, total));
  }

  /** The parameter {@code order}: whether it is asc. Each method has its own default. */
  public static Parameter<Boolean> order() {
    return Parameter.choice(
        "order", List.of(true, false), isAscending -> isAscending ? "asc" : "desc", "asc or desc");
  }

  /**
   * The parameter {@code orderby}.
   *
   * @param fallback what it is when it is missing; its enum has all that are valid
   */
  public static <E extends Enum<E>> Parameter<E> orderBy(E fallback) {
    List<E> valid = List.of(fallback.getDeclaringClass().getEnumConstants());
    String words = "one of " + String.join(", ", valid.stream().map(Paging::id).toList());
    return Parameter.choice("orderby", valid, Paging::id, words).orElse(fallback);
  }

  private static String id(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}

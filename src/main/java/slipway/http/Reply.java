package slipway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reply of a method, before it is XML or JSON.
 *
 * @param message for people
 * @param name the payload's name in JSON, such as {@code uploadtoken}; null for no payload
 * @param fields the payload of a single object, in XML's order; null for a list
 * @param listName the list's name in JSON; null for no list
 * @param items the payload of a list; null for a single object
 * @param page which part of a list it is
 * @param oneName where JSON has the list's one object besides; null for nowhere
 * @param hasNumericFlags whether JSON has the fields whose names end in {@code _p} as numbers;
 *     those of a list it always has so
 */
public record Reply(
    String message,
    String name,
    Map<String, String> fields,
    String listName,
    List<Item> items,
    PageInfo page,
    String oneName,
    boolean hasNumericFlags) {

  /**
   * One object of a list.
   *
   * @param element its name in XML, such as {@code photo}
   * @param attributes its fields; attributes in XML
   * @param children fields that are long text; child elements in XML, and in JSON where no
   *     attribute has the name
   */
  public record Item(
      String element, Map<String, String> attributes, Map<String, String> children) {}

  /**
   * A page of a list.
   *
   * @param number from 1
   * @param size objects on a full page
   * @param total objects in all
   */
  public record PageInfo(int number, int size, long total) {
    /** The one page of a list that is not divided into pages. */
    public static PageInfo ofAll(int items) {
      return new PageInfo(1, Math.max(1, items), items);
    }
  }

  /** A reply that is only a message. */
  public static Reply of(String message) {
    return new Reply(message, null, null, null, null, null, null, false);
  }

  /** A reply with one object. */
  public static Reply of(String message, String name, Map<String, String> fields) {
    return new Reply(message, name, new LinkedHashMap<>(fields), null, null, null, null, false);
  }

  /** A reply with a page of a list. */
  public static Reply of(String message, String name, List<Item> items, PageInfo page) {
    return new Reply(message, null, null, name, List.copyOf(items), page, null, false);
  }

  /** The same reply with a list after its object. */
  public Reply with(String listName, List<Item> items) {
    return new Reply(
        message, name, fields, listName, List.copyOf(items), page, oneName, hasNumericFlags);
  }

  /** The same reply, where JSON also has the one object of its list under a name of its own. */
  public Reply withOne(String one) {
    return new Reply(message, name, fields, listName, items, page, one, hasNumericFlags);
  }

  /** The same reply, where JSON has its flags as numbers: {@code t} and {@code f} as 1 and 0. */
  public Reply withNumericFlags() {
    return new Reply(message, name, fields, listName, items, page, oneName, true);
  }
}

package slipway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a method answers, before it is XML or JSON.
 *
 * @param message for people
 * @param name the payload's name in JSON, such as {@code uploadtoken}; null for no payload
 * @param fields the payload of a single object, in XML's order; null for a list
 * @param listName the list's name in JSON; null for no list
 * @param items the payload of a list; null for a single object
 * @param page which part of a list it is
 */
public record Reply(
    String message,
    String name,
    Map<String, String> fields,
    String listName,
    List<Item> items,
    PageInfo page) {

  /**
   * One object of a list.
   *
   * @param element its name in XML, such as {@code photo}
   * @param attributes its fields; attributes in XML
   * @param children fields that are long text; child elements in XML
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
  public record PageInfo(int number, int size, long total) {}

  /** A reply with a message only. */
  public static Reply of(String message) {
    return new Reply(message, null, null, null, null, null);
  }

  /** A reply with one object. */
  public static Reply of(String message, String name, Map<String, String> fields) {
    return new Reply(message, name, new LinkedHashMap<>(fields), null, null, null);
  }

  /** A reply with a page of a list. */
  public static Reply of(String message, String name, List<Item> items, PageInfo page) {
    return new Reply(message, null, null, name, List.copyOf(items), page);
  }

  /** The same reply with a list after its object. */
  public Reply with(String listName, List<Item> items) {
    return new Reply(message, name, fields, listName, List.copyOf(items), page);
  }
}

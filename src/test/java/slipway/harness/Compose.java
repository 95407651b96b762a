package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code compose.yaml}, as an engine reads it.
 *
 * @param document with its variables replaced
 */
public record Compose(Map<String, Object> document) {
  private static final Path FILE = Path.of("compose.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::\\?|:-([^}]*))\\}");

  /**
   * Reads it.
   *
   * @param variables what the file {@code .env} would have
   * @throws IllegalArgumentException when one that is required is missing
   */
  public static Compose read(Map<String, String> variables) throws IOException {
    String text =
        VARIABLE.matcher(Files.readString(FILE)).replaceAll(found -> value(found, variables));
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return new Compose(yaml.load(text));
  }

  private static String value(MatchResult variable, Map<String, String> variables) {
    String value = variables.getOrDefault(variable.group(1), variable.group(2));
    if (value == null) {
      throw new IllegalArgumentException("There is no " + variable.group(1));
    }
    return Matcher.quoteReplacement(value);
  }

  /** The variables that it does not start without. */
  public static Set<String> required() throws IOException {
    Set<String> names = new TreeSet<>();
    VARIABLE
        .matcher(Files.readString(FILE))
        .results()
        .filter(found -> found.group(2) == null)
        .forEach(found -> names.add(found.group(1)));
    return names;
  }

  /** What is below some keys, one in another. */
  public Object at(String... keys) {
    Object found = document;
    for (String key : keys) {
      if (!(found instanceof Map<?, ?> map) || !map.containsKey(key)) {
        throw new IllegalStateException("There is no " + String.join(".", keys));
      }
      found = map.get(key);
    }
    return found;
  }

  /** The names below some keys. */
  public Set<String> names(String... keys) {
    Set<String> names = new TreeSet<>();
    ((Map<?, ?>) at(keys)).keySet().forEach(name -> names.add((String) name));
    return names;
  }

  /** The texts of the list below some keys. */
  public List<String> list(String... keys) {
    return ((List<?>) at(keys)).stream().map(Object::toString).toList();
  }

  /** The environment of a service. */
  public Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    Map<?, ?> given = (Map<?, ?>) at("services", service, "environment");
    given.forEach((name, value) -> environment.put((String) name, value.toString()));
    return environment;
  }
}

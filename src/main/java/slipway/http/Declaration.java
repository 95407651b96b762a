package slipway.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters that a method declares, and those of {@link Api#SHAPE}, by name: made once, and
 * asked for each parameter that a call reads.
 */
public final class Declaration {
  /** The declaration of a method without parameters. */
  static final Declaration NONE = new Declaration(List.of());

  private final Map<String, List<Parameter<?>>> byName = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<Parameter<?>> refused;

  private Declaration(List<Parameter<?>> declared) {
    declared.forEach(this::add);
    Format.PARAMETERS.forEach(this::add);
    this.refused = declared.stream().filter(Parameter::isRefused).toList();
  }

  /** A declaration of these and of those that shape a reply. */
  public static Declaration of(List<Parameter<?>> declared) {
    return new Declaration(declared);
  }

  private void add(Parameter<?> parameter) {
    byName.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter);
    names.addAll(parameter.names());
  }

  /** Whether a parameter of the same name that is read in the same way is declared. */
  boolean has(Parameter<?> parameter) {
    for (Parameter<?> declared : byName.getOrDefault(parameter.name(), List.of())) {
      if (parameter.readsAs(declared)) {
        return true;
      }
    }
    return false;
  }

  /** Whether that is the name of one of them, or a further one. */
  boolean hasName(String name) {
    return names.contains(name);
  }

  /** The parameters that the method refuses. */
  List<Parameter<?>> refused() {
    return refused;
  }
}

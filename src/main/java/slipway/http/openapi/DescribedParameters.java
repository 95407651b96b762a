package slipway.http.openapi;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import slipway.http.Parameter;

/** The JSON schemas of declared parameters. */
final class DescribedParameters {
  private static final Gson GSON = new Gson();

  private DescribedParameters() {}

  /**
   * The schemas by name, those of further names included; each has its {@code description}, and
   * {@code "required": true} where it is.
   */
  static JsonObject of(List<Parameter<?>> parameters) {
    JsonObject schemas = new JsonObject();
    for (Parameter<?> parameter : parameters) {
      if (parameter.isRefused()) {
        continue;
      }
      boolean hasAlias = !parameter.aliases().isEmpty();
      JsonObject schema = described(parameter, parameter.words());
      if (parameter.isRequired() && !hasAlias) {
        schema.addProperty("required", true);
      }
      schemas.add(parameter.name(), schema);
      for (String alias : parameter.aliases()) {
        schemas.add(alias, described(parameter, "Alias of " + parameter.name() + "."));
      }
    }
    return schemas;
  }

  /** Why those parameters are refused that are, by name. */
  static JsonObject refused(List<Parameter<?>> parameters) {
    JsonObject refused = new JsonObject();
    parameters.stream()
        .filter(Parameter::isRefused)
        .forEach(parameter -> refused.addProperty(parameter.name(), parameter.words()));
    return refused;
  }

  private static JsonObject described(Parameter<?> parameter, String words) {
    JsonObject schema = schema(parameter);
    if (!words.isEmpty()) {
      schema.addProperty("description", words);
    }
    return schema;
  }

  private static JsonObject schema(Parameter<?> parameter) {
    return GSON.toJsonTree(parameter.schema()).getAsJsonObject();
  }
}

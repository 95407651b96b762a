package slipway.http;

import java.util.List;

/** A method of the API that declares its parameters. */
public interface HasParameters {
  /** Those it reads, in the order of its description, except for {@link Api#SHAPE}. */
  List<Parameter<?>> parameters();

  /** Whether a POST may carry them as a urlencoded form, which has no file. */
  default boolean takesUrlEncoded() {
    return parameters().stream().noneMatch(each -> each.schema().containsValue(Parameter.FILE));
  }
}

package slipway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.http.limit.RequestMemory.Lease;

/** Parameters as they are read, each counted before the next: there are at most 1,000. */
final class ParameterList {
  /** How many a request may have. */
  static final int MOST = 1000;

  private final List<Map.Entry<String, String>> parameters = new ArrayList<>();
  private final Lease memory;

  /** An empty list, whose parameters are held in that memory; null where it is not counted. */
  ParameterList(Lease memory) {
    this.memory = memory;
  }

  /**
   * Adds one.
   *
   * @throws ApiException when there are too many
   */
  void add(String name, String value) throws ApiException {
    if (parameters.size() >= MOST) {
      throw tooMany();
    }
    if (memory != null) {
      memory.takeParameter();
    }
    parameters.add(Map.entry(name, value));
  }

  /** The error for a request with more than {@link #MOST} parameters. */
  static ApiException tooMany() {
    return new ApiException(
        ErrorCode.TOO_LARGE, "There are too many parameters: at most " + MOST + " are allowed.");
  }

  /** Those read so far. */
  List<Map.Entry<String, String>> all() {
    return parameters;
  }
}

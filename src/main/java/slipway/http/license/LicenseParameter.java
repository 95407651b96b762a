package slipway.http.license;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import slipway.http.Parameter;
import slipway.license.License;

/** The parameter license_id of the methods on photos. */
public final class LicenseParameter {
  private static final String VALID =
      "a license_id of license/list: "
          + Arrays.stream(License.values()).map(LicenseParameter::id).collect(joining(", "));

  private LicenseParameter() {}

  /** One of the licences; none when it is missing. */
  public static Parameter<License> saying(String words) {
    return Parameter.choice("license_id", List.of(License.values()), LicenseParameter::id, VALID)
        .words(words);
  }

  static String id(License license) {
    return Integer.toString(license.id());
  }
}

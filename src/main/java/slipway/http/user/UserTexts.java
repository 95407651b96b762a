package slipway.http.user;

import java.text.Normalizer;
import java.time.ZoneId;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.net.MailAddress;

/** The valid names and addresses of users. */
public final class UserTexts {
  static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,100}");

  private static final Pattern NOT_OF_USERNAME = Pattern.compile("[^\\p{L}\\p{N}._@+-]");

  /** An e-mail address as commenters give it, which nothing is sent to. */
  public static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,189}");

  static final String VALID_USERNAME = "1 to 100 letters, digits and . _ @ + -";

  /** What is valid as one. */
  public static final String VALID_EMAIL = "an e-mail address, or empty";

  static final int MAX_NAME = 200;
  static final int MAX_USERNAME = 100;

  /** Characters at most. */
  public static final int MAX_EMAIL = 254;

  static final int MAX_ZONE = 100;

  static final Parameter<Boolean> NOTIFIED =
      Parameter.flag("notify")
          .words(
              "0: no e-mail, where the site sends any, about files that visitors send by the"
                  + " user's upload links or into the user's albums. Default is 1.");

  private UserTexts() {}

  /** Whether something can be sent there, or it is empty. */
  static boolean isEmail(String text) {
    return text.isEmpty() || MailAddress.ascii(text).isPresent();
  }

  /** A username in its stored form, in which no accent is a character of its own. */
  static String username(String given) {
    return Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
  }

  /** A username made of an address: what it may not have, as in o'hara@example.com, is left out. */
  static String usernameOf(String email) {
    String name = NOT_OF_USERNAME.matcher(username(email.split("@", 2)[0])).replaceAll("");
    return name.isEmpty() && !email.isEmpty() ? "user" : name;
  }

  /** The name of a time zone; null for an empty one. */
  static String timezone(String parameter, String name) throws ApiException {
    if (!name.isEmpty() && !ZoneId.getAvailableZoneIds().contains(name)) {
      throw ApiException.invalid(parameter, "the name of a time zone, such as Europe/Copenhagen");
    }
    return name.isEmpty() ? null : name;
  }
}

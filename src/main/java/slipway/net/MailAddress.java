package slipway.net;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * E-mail addresses as SMTP takes them everywhere: one {@code addr-spec} of RFC 5322 whose local
 * part is a {@code dot-atom} in ASCII, without comments, quotes, names or lists. A domain in
 * another script is said in its ASCII form.
 */
public final class MailAddress {
  /** Characters at most (RFC 5321, 4.5.3.1.3, less the angle brackets). */
  public static final int LONGEST = 254;

  private static final int LONGEST_LOCAL = 64;
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+");
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?[0-9]+");

  private MailAddress() {}

  /** The address with its domain in ASCII; empty if it is none. */
  public static Optional<String> ascii(String address) {
    int at = address.indexOf('@');
    if (at < 1 || at > LONGEST_LOCAL || address.length() > LONGEST) {
      return Optional.empty();
    }
    String local = address.substring(0, at);
    String domain = address.substring(at + 1);
    // An address of a machine, as [192.0.2.1], would be none of a mailbox that people have.
    return LOCAL.matcher(local).matches() && !domain.startsWith("[")
        ? HostName.ascii(domain)
            .filter(MailAddress::isDomain)
            .map(name -> local + "@" + name)
            .filter(MailAddress::isShort)
        : Optional.empty();
  }

  /** Neither an address of a machine nor a name that only other kinds of records have. */
  private static boolean isDomain(String name) {
    return DOMAIN.matcher(name).matches() && !NUMERIC.matcher(name).matches();
  }

  private static boolean isShort(String address) {
    return address.length() <= LONGEST;
  }
}

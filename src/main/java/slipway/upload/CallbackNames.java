package slipway.upload;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.details.Folding;
import slipway.token.TokenPurpose;

/**
 * The names of a callback's own parameters. Servers read names in different ways: PHP takes {@code
 * photo.id}, {@code photo id} and {@code photo[id} for {@code photo_id}, and ends a name at NUL;
 * others ignore case; {@code photo_id[x]} makes an object of what was a number; and qs and Rack
 * drop brackets and dots at the start of a name, and what follows a name in brackets.
 */
final class CallbackNames {
  /** Those that a callback may have. */
  static final Set<String> OWN =
      Stream.concat(
              Stream.of(
                  "domain",
                  "photo_id",
                  "tree_id",
                  "token",
                  "error_message",
                  "error_code",
                  "fields_omitted"),
              Arrays.stream(TokenPurpose.values()).map(TokenPurpose::parameter))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern UNDERSCORES = Pattern.compile("[\\s\\p{Cntrl}.\\[]");
  private static final Pattern BEFORE = Pattern.compile("^[\\s\\p{Cntrl}.\\[\\]]+");
  private static final Pattern MEMBER = Pattern.compile("[.\\[\\]]");

  private CallbackNames() {}

  /**
   * Whether some server mistakes that name for one of these, which are in the form of {@link
   * #readAs}.
   */
  static boolean areRead(Set<String> names, String name) {
    return readAs(name).anyMatch(names::contains);
  }

  /** How servers may read a name: as a whole, and as that of a list or an object. */
  static Stream<String> readAs(String name) {
    int end = name.indexOf('\0');
    String folded = Folding.fold(end < 0 ? name : name.substring(0, end));
    String bare = BEFORE.matcher(folded).replaceFirst("").strip();
    return Stream.of(bare, MEMBER.split(bare, 2)[0])
        .map(text -> UNDERSCORES.matcher(text).replaceAll("_"));
  }
}

package slipway.photo;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import slipway.details.CleanHtml;
import slipway.details.CutText;
import slipway.details.TextLimits;

/**
 * How much of a list each of its objects may take: a reply has a limit, even if it contains texts
 * from before there were limits.
 *
 * @param limits of texts
 * @param descriptionChars how much of a description is read at most
 * @param bytes of a description, and of the tags of a photo, as encoded in a reply
 */
record ListShare(TextLimits limits, int descriptionChars, int bytes) {
  /** Descriptions of a list together, in bytes of the reply; tags likewise. */
  private static final int LIST_BYTES = 1 << 19;

  /** The same of the one object that is requested; JSON has it twice. */
  private static final int ONE_BYTES = 1 << 20;

  /** A list of one has the full limit. */
  static ListShare of(TextLimits limits, int count) {
    int bytes = count == 1 ? ONE_BYTES : LIST_BYTES / Math.max(1, count);
    // One more than fits, so that a cut shows.
    int chars = 1 + (count == 1 ? bytes : Math.min(bytes, limits.description()));
    return new ListShare(limits, chars, bytes);
  }

  /** Binds the lengths to which a statement cuts, so that the rest is not read. */
  Query bind(Query query) {
    return query
        .configure(SqlStatements.class, each -> each.setUnusedBindingAllowed(true))
        .bind("titleChars", limits.title() + 1)
        .bind("descriptionChars", descriptionChars)
        .bind("tagChars", limits.tag())
        .bind("tags", limits.tags());
  }

  String title(String title) {
    return CutText.plain(title, limits.title(), Long.MAX_VALUE);
  }

  CleanHtml description(CleanHtml description) {
    return CutText.html(description, descriptionChars - 1, bytes);
  }

  Photo cut(Photo photo) {
    return photo.with(title(photo.title()), description(photo.description()));
  }

  List<String> cut(List<String> tags) {
    List<String> some = new ArrayList<>();
    long left = bytes;
    for (String tag : tags) {
      left -= 1 + tag.codePoints().mapToLong(CutText::bytes).sum();
      if (left < 0) {
        break;
      }
      some.add(tag);
    }
    return some;
  }
}

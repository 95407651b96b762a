package slipway.mail;

import java.util.ArrayList;
import java.util.List;
import slipway.language.Language;

/**
 * Puts digests into words.
 *
 * @param language of all e-mails
 * @param site the site's name
 * @param console the address of the console's photos
 */
public record LetterTexts(Language language, String site, String console) {
  /** The e-mail that tells of a digest, to that address. */
  Letter letter(Digest digest, String to) {
    return new Letter(digest.id(), to, subject(digest), text(digest));
  }

  /** Of the names that the site's own people give, and of no other text. */
  private String subject(Digest digest) {
    boolean isOne = digest.sources().size() == 1 && digest.shown() == digest.files();
    String title = isOne ? PlainLine.of(digest.sources().get(0).title()) : "";
    return language.say(
        "mail.subject",
        title.isEmpty() ? PlainLine.of(site) : title,
        language.say("mail.files", digest.files()));
  }

  private String text(Digest digest) {
    List<String> lines = new ArrayList<>();
    for (Digest.DigestSource source : digest.sources()) {
      String title = PlainLine.of(source.title());
      lines.add(
          language.say("mail.subject", named(title), language.say("mail.files", source.files())));
      source.names().forEach(name -> lines.add("- " + named(PlainLine.ofVisitor(name))));
      more(lines, "mail.more", source.files() - source.names().size());
      lines.add("");
    }
    if (more(lines, "mail.others", digest.files() - digest.shown())) {
      lines.add("");
    }
    lines.add(language.say("mail.see"));
    lines.add(console);
    lines.add("");
    lines.add("-- ");
    lines.add(language.say("mail.why", PlainLine.of(site)));
    return String.join("\n", lines) + "\n";
  }

  /** What has only characters that are not seen has no name. */
  private String named(String line) {
    return line.isEmpty() ? language.say("mail.unnamed") : line;
  }

  private boolean more(List<String> lines, String key, long count) {
    return count > 0 && lines.add(language.say(key, count));
  }
}

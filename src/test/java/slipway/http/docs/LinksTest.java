package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import slipway.harness.Docs;

/** The README and the pages of docs/ as a reader walks through them. */
class LinksTest {
  private static final int README_LINES = 160;
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      String words = heading.group(1).toLowerCase(Locale.ROOT);
      assertThat(anchors.add(words.replaceAll("[^\\w\\- ]", "").replace(' ', '-')))
          .as("%s has one heading %s", page, words)
          .isTrue();
    }
    return anchors;
  }

  private static Stream<String> links(Path page) throws IOException {
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.startsWith("http"));
  }

  @Test
  void leadToFilesAndHeadingsThatThereAre() throws IOException {
    int count = 0;
    for (Path page : pages()) {
      for (String link : links(page).toList()) {
        count++;
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(target).as("%s: %s", page, link).exists();
        if (parts.length == 2) {
          assertThat(anchors(target)).as("%s: %s", page, link).contains(parts[1]);
        }
      }
    }
    assertThat(count).isGreaterThan(50);
  }

  @Test
  void leadFromTheReadmeToEveryPage() throws IOException {
    List<String> links = links(Path.of("README.md")).map(link -> link.split("#")[0]).toList();
    for (Path page : pages()) {
      assertThat(page).matches(each -> each.endsWith("README.md") || links.contains(each + ""));
    }
    assertThat(Docs.readme().text().lines().count()).isLessThanOrEqualTo(README_LINES);
  }
}

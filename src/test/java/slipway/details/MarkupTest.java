package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Safelist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A title | A title",
        "<b>Bold</b> & brave | Bold & brave",
        "Tom &amp; Jerry | Tom & Jerry",
        "1 < 2 | 1 < 2",
        "<script>alert(1)</script>After | After",
        "&lt;script&gt;alert(1)&lt;/script&gt;After | After",
        "&amp;lt;b&amp;gt;x&amp;lt;/b&amp;gt; | x",
        "<<b>i>nested | nested",
        "Søn & sømand <img src=x onerror=alert(1)> | Søn & sømand",
      })
  void stripsEveryTagFromATitle(String given, String expected) {
    assertThat(Markup.strip(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "&amp;amp;amp;lt;i&amp;amp;amp;gt;deep | deep",
        "&l&#116;b&gt;pieced together | pieced together",
        "&l<i>t;b&gt;a tag in an entity | a tag in an entity",
        "&amp;l&amp;#116;i&gt;both | both",
        "<&#105;>an entity in a tag | an entity in a tag",
        "&#38;#60;b&#62;by number | by number",
        "&ltb&gtno semicolon | no semicolon",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;After | After",
        "&lt;img alt='a>b'&gt;quoted | quoted",
        "AT&T & co; 1 < 2 > 0; a&b; &unknown; &; &#; &#x; | AT&T & co; 1 < 2 > 0; a&b; &unknown; &; &#; &#x;",
      })
  void leavesNoTagOfAnyDepthInATitle(String given, String expected) {
    assertThat(Markup.strip(given)).isEqualTo(expected);
  }

  @Test
  void stripsWhatIsWrappedDeepInOnePass() {
    String deep = "&" + "amp;".repeat(20_000) + "lt;b&" + "amp;".repeat(20_000) + "gt;text";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(Markup.strip(deep)).isEqualTo("text"));
    String nested = "<".repeat(30_000) + "b>".repeat(30_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(Markup.strip(nested)).doesNotContain("<b>"));
  }

  /** What a loop over all levels would find to strip or decode is stripped and decoded. */
  @Test
  void endsWhereEveryLevelIsDone() {
    String[] pieces = {
      "<", ">", "&", ";", "lt", "gt", "amp", "#60", "#62", "#x26", "semi", "b", "/", " ", "x", "!",
      "--"
    };
    Random random = new Random(11);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder html = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      String once = Markup.strip(html.toString());
      assertThat(levels(once)).as(html.toString()).isEqualTo(once);
    }
  }

  private static String levels(String html) {
    String before;
    String text = html;
    do {
      before = text;
      String tagless =
          Jsoup.clean(text, "", Safelist.none(), new OutputSettings().prettyPrint(false));
      text = Parser.unescapeEntities(tagless, false).strip();
    } while (!text.equals(before));
    return text;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain text",
        "<b>bold</b> and <p>a paragraph</p>",
        "a & b &lt; c",
        "<a href=\"https://example.com/\">a link</a>",
        "<ul><li>one</li></ul>",
      })
  void keepsADescriptionOfSafeTags(String given) {
    assertThat(Markup.clean(given).html().replace(" rel=\"nofollow\"", "").replace("&amp;", "&"))
        .isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b>bold</b><script>alert(1)</script> | bold",
        "<b>bold</b><iframe src=x></iframe> rest | bold rest",
        "<b onclick=alert(1)>bold</b> and <p>more</p> | bold and more",
        "<a href=\"javascript:alert(1)\">link</a> | link",
        "<p>one</p><style>p{}</style> | one",
        "<svg onload=alert(1)> <b>x</b> | x",
      })
  void stripsEveryTagFromADescriptionWithOneThatIsNotSafe(String given, String expected) {
    assertThat(Markup.clean(given).html()).isEqualTo(expected);
  }
}

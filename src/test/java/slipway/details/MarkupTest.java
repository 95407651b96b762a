package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.AnyContainer;

class MarkupTest {
  private static final int ROUNDS = AnyContainer.ALL ? 50_000 : 2_000;

  /** What text is made of that takes long where each is looked at again and again. */
  private static final List<String> PIECES =
      List.of("<x ", "&lt;x ", "<x a='", "&copy=", "<", "<b ", "</", "<!--");

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
        "<x onclick=alert(1)>an element of no name | an element of no name",
        "ends <img src=x onerror=alert(1) | ends",
        "<!-- a > b -->a comment | a comment",
        "<a title='x>y'>a value</a> | a value",
      })
  void stripsEveryTagFromATitle(String given, String expected) {
    assertThat(Markup.strip(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a<b",
        "a<b, b>c",
        "a<b and c>d",
        "x <i && y> z",
        "<me@example.com>",
        "100% <cotton>",
        "Mail <me@example.com> & <you@example.com>",
        "I </3 it",
        "https://example.com/?a=1&copy=2",
        "?x&para=1&lt=2&notes=3&copyright=4",
      })
  void keepsWhatOnlyLooksLikeATagOrAnEntity(String given) {
    assertThat(Markup.strip(given)).isEqualTo(given);
    assertThat(Markup.clean(given).text()).isEqualTo(given);
    assertThat(Markup.clean("<b>x</b> " + given).text()).isEqualTo("x " + given);
    assertThat(Markup.clean("<script></script>" + given).text()).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100% <cotton> <b>bold</b> | 100% <cotton> bold",
        "<cotton <b>bold</b> | <cotton bold",
        "&lt;cotton &lt;b&gt; onclick=alert(1)&gt;x | x",
        "&lt;cotton&gt; &lt;b&gt;x | <cotton> x",
        "a&lt;b | a<b",
        "<b hidden>x</b> <a download>y | x y",
        "<script and>x | ''",
        "<b and c=d>x | x",
        "&lt;img src=x onerror=alert(1) | ''",
      })
  void tellsTagsFromWhatOnlyLooksLikeOneBesideThem(String given, String expected) {
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
    for (String piece : AnyContainer.ALL ? PIECES : PIECES.subList(0, 2)) {
      String many = piece.repeat(20_000) + "<b>x</b>".repeat(5_000) + ">".repeat(20_000);
      assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Markup.strip(many));
      assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Markup.clean(many));
    }
    String nested = "<".repeat(30_000) + "b>".repeat(30_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(Markup.strip(nested)).doesNotContain("<b>"));
  }

  /** What another pass would find to strip or decode is stripped and decoded. */
  @Test
  void endsWhereEveryLevelIsDone() {
    String[] pieces = {
      "<", ">", "&", ";", "lt", "gt", "amp", "#60", "#62", "#x26", "semi", "b", "/", " ", "x", "!",
      "--", "=", "copy"
    };
    Random random = new Random(11);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder html = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      String once = Markup.strip(html.toString());
      assertThat(tags(once)).as(html + " -> " + once).isEmpty();
      assertThat(tags(Parser.unescapeEntities(once, true))).as(html + " -> " + once).isEmpty();
      assertThat(Markup.strip(once)).as(html.toString()).isEqualTo(once);
    }
  }

  /**
   * The tags that a browser would make elements of which do something; of those of one letter, with
   * attributes of one word, none does.
   */
  private static List<String> tags(String text) {
    return Jsoup.parseBodyFragment(text).body().children().select("*").stream()
        .filter(
            tag ->
                tag.attributes().html().contains("=\"")
                    || (Tag.isKnownTag(tag.normalName())
                        && !(tag.normalName().length() == 1 && tag.attributesSize() > 0)))
        .map(Element::outerHtml)
        .toList();
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
        "<body onload=alert(1)><b>bold</b></body> | bold",
        "<x onclick=alert(1)><b>bold</b></x> | bold",
        "<p>one</p><style>p{}</style> | one",
        "<svg onload=alert(1)> <b>x</b> | x",
      })
  void stripsEveryTagFromADescriptionWithOneThatIsNotSafe(String given, String expected) {
    assertThat(Markup.clean(given).html()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b onclick=alert(1)>bold</b> and <p>more</p> | <b>bold</b> and <p>more</p>",
        "<a href=\"javascript:alert(1)\">link</a> | <a rel=\"nofollow\">link</a>",
        "<a href=\"/photo/1\">link</a> | <a rel=\"nofollow\">link</a>",
        "<b>bold</b><!-- <script> --> rest | <b>bold</b> rest",
        "<B STYLE='color: red'>bold</B> | <b>bold</b>",
        "<p class=x title='<script>'>one</p> | <p>one</p>",
        "<b>1 < 2</b>, <me@example.com> | <b>1 &lt; 2</b>, &lt;me@example.com&gt;",
        "<b>?a=1&copy=2</b> | <b>?a=1&amp;copy=2</b>",
        "?a=1&copy=2 | ?a=1&amp;copy=2",
        "&copy; & &eacute; | &copy; & &eacute;",
        "<a href='https://a.test/?a=1&copy=2'>x</a> | "
            + "<a href=\"https://a.test/?a=1&amp;copy=2\" rel=\"nofollow\">x</a>",
      })
  void dropsWhatIsNotSafeBesideTheTags(String given, String expected) {
    assertThat(Markup.clean(given).html()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>one</p><p>two</p> | one/two",
        "<p>one</p> <p>two</p> | one/two",
        "<div>one</div>two<br>three<br><br>four | one/two/three//four",
        "<ul><li>one</li><li>a <b>bold</b> two</li></ul>three | one/a bold two/three",
        "<table><tr><td>1</td> <td>2</td></tr><tr><td>3</td></tr></table> | 1 2/3",
        "one <h1>two</h1> | one /two",
      })
  void breaksLinesWhereBlocksEndThatAreStripped(String given, String expected) {
    assertThat(Markup.clean("<script></script>" + given).html())
        .isEqualTo(expected.replace('/', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "it's \"x\" &#39;y&#39; &amp; <script>z</script>&lt;b&gt; | it's \"x\" 'y' &amp; &lt;b&gt;",
        "<b>it's \"x\" &#39;y&#39; &amp; &eacute;</b> | <b>it's \"x\" 'y' &amp; é</b>",
        "it&#39;s &amp; &eacute; | it&#39;s &amp; &eacute;"
      })
  void escapesInADescriptionOnlyWhatHtmlNeeds(String given, String kept) {
    assertThat(Markup.clean(given).html()).isEqualTo(kept);
  }
}

package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

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
  @ValueSource(
      strings = {
        "plain text",
        "<b>bold</b> and <p>a paragraph</p>",
        "a & b &lt; c",
        "<a href=\"https://example.com/\">a link</a>",
        "<ul><li>one</li></ul>",
      })
  void keepsADescriptionOfSafeTags(String given) {
    assertThat(Markup.clean(given).replace(" rel=\"nofollow\"", "").replace("&amp;", "&"))
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
    assertThat(Markup.clean(given)).isEqualTo(expected);
  }
}

package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagsTest {
  @Test
  void splitsAtSpacesAndKeepsQuotedWordsTogether() {
    assertThat(Tags.parse("summer \"New York\"  sea product:1234"))
        .containsExactly("summer", "New York", "sea", "product:1234");
  }

  @Test
  void takesCommasForSpacesAndEachTagOnce() {
    assertThat(Tags.parse("product:1234, testemonial testemonial"))
        .isEqualTo(List.of("product:1234", "testemonial"));
  }

  @Test
  void takesTagsForOneThatDifferInCaseOrUnicodeFormOnly() {
    assertThat(Tags.parse("Sea SEA e\u0301t\u00e9 \u00c9T\u00c9 sea"))
        .containsExactly("Sea", "e\u0301t\u00e9");
  }

  @Test
  void quotesWhatWouldFallApart() {
    assertThat(Tags.format(List.of("sea", "New York", "a,b")))
        .isEqualTo("sea \"New York\" \"a,b\"");
  }

  @Test
  void endsAnOddQuoteWithTheText() {
    assertThat(Tags.parse("one \"two three")).containsExactly("one", "two", "three");
    assertThat(Tags.parse("\"\" \" \"")).isEmpty();
  }
}

package slipway.details;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever tags and words a visitor writes, they are the same when they are read again. */
class TagsFuzzTest {
  @ValueSource(
      strings = {
        "summer \"New York\" sea",
        "a,b",
        "\"a,b\"",
        "\"",
        "\"\"",
        "\" a \"",
        "a\"b\"c",
        "\u2003",
        "\u00a0x",
        "a\u2003b",
        "\u001cx"
      })
  @FuzzTest(maxDuration = "120s")
  void areTheSameWhenTheirListIsReadAgain(@NotNull String list) {
    List<String> tags = Tags.parse(list);
    assertThat(tags).doesNotHaveDuplicates().doesNotContain("");
    assertThat(Tags.parse(Tags.format(tags))).isEqualTo(tags);
  }

  @ValueSource(strings = {"A day at the Harbour", "Ünïcode ﬁ ½", "東京tower", "İ", "\ud83d\ude00"})
  @FuzzTest(maxDuration = "120s")
  void wordsAreTheSameWhenTheyAreReadAgain(@NotNull String text) {
    Set<String> words = Words.of(text);
    assertThat(words).hasSizeLessThanOrEqualTo(Words.MOST);
    assertThat(words)
        .allSatisfy(word -> assertThat(word).isNotEmpty().hasSizeLessThanOrEqualTo(64));
    assertThat(Words.of(String.join(" ", words))).isEqualTo(words);
  }
}

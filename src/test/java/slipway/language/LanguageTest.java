package slipway.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageTest {
  private static final Path TEXTS = Path.of("src/main/resources/slipway/web");
  private static final Path ELEMENT = Path.of("webapp/assets/slipway-upload");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d\\}");
  private static final Pattern FORM =
      Pattern.compile("(.+)\\.(zero|one|two|few|many|other)", Pattern.DOTALL);

  /** No one bounds these. */
  private static final Set<String> MILLIONS = Set.of("gallery.count");

  static List<String> languages() {
    return Language.all();
  }

  /**
   * The texts of a language by key, each with its forms by plural category; "" where it has one.
   */
  private static Map<String, Map<String, String>> texts(String language) throws IOException {
    Properties file = new Properties();
    String name = "texts_" + language + ".properties";
    try (Reader reader = Files.newBufferedReader(TEXTS.resolve(name), UTF_8)) {
      file.load(reader);
    }
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (String key : file.stringPropertyNames()) {
      var form = FORM.matcher(key);
      boolean hasForms = form.matches();
      texts
          .computeIfAbsent(hasForms ? form.group(1) : key, any -> new TreeMap<>())
          .put(hasForms ? form.group(2) : "", file.getProperty(key));
    }
    return texts;
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(toSet());
  }

  /** The categories of a language, each with how many of the counts are in it. */
  private static Map<String, Long> categories(String language, LongStream counts) {
    return counts
        .mapToObj(count -> PluralCategory.of(language, count).id())
        .collect(groupingBy(Function.identity(), TreeMap::new, counting()));
  }

  /** A text that a language lacks could not be said. */
  @ParameterizedTest
  @MethodSource("languages")
  void hasEveryTextAndNoOther(String language) throws IOException {
    assertThat(texts(language).keySet()).containsExactlyInAnyOrderElementsOf(texts("en").keySet());
    assertThat(texts(language).get("direction").values()).isSubsetOf("ltr", "rtl");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void hasAFormForEveryPluralCategoryAndNoOther(String language) throws IOException {
    Map<String, Map<String, String>> english = texts("en");
    texts(language)
        .forEach(
            (key, forms) -> {
              if (english.get(key).containsKey("")) {
                assertThat(forms.keySet()).as(key).containsExactly("");
                return;
              }
              LongStream counts =
                  LongStream.concat(
                      LongStream.range(0, 1000),
                      LongStream.of(MILLIONS.contains(key) ? 1_000_000 : 1000));
              assertThat(forms.keySet())
                  .as(key)
                  .containsExactlyElementsOf(categories(language, counts).keySet());
            });
  }

  @ParameterizedTest
  @MethodSource("languages")
  void fillsInWhatEnglishDoes(String language) throws IOException {
    Map<String, Map<String, String>> english = texts("en");
    Map<String, Long> sizes = categories(language, LongStream.range(0, 1000));
    texts(language)
        .forEach(
            (key, forms) ->
                forms.forEach(
                    (category, text) -> {
                      Map<String, String> asked = english.get(key);
                      Set<String> expected =
                          placeholders(asked.getOrDefault("other", asked.get("")));
                      Set<String> found = placeholders(text);
                      if (sizes.getOrDefault(category, 0L) == 1) {
                        found.add("{0}");
                      }
                      assertThat(text).as(key).isNotBlank().doesNotContain("'");
                      assertThat(found).as(key + " " + category).isEqualTo(expected);
                    }));
  }

  @Test
  void isThereWhereTextsAre() throws IOException {
    assertThat(names(TEXTS, "texts_", ".properties"))
        .containsExactlyInAnyOrderElementsOf(Language.all());
    assertThat(names(ELEMENT.resolve("texts"), "", ".js"))
        .containsExactlyInAnyOrderElementsOf(Language.all());
  }

  private static List<String> names(Path folder, String start, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(start) && name.endsWith(end))
          .map(name -> name.substring(start.length(), name.length() - end.length()))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "da | da",
        "de-CH, en | de-CH",
        "zh | zh-CN",
        "zh-Hans-CN, en | zh-CN",
        "zh-TW, zh;q=0.9, en;q=0.8 | zh-CN",
        "no | nb",
        "nn-NO, nb;q=0.9, da;q=0.5 | nb-NO",
        "pt-BR | pt-BR",
        "pt-PT | pt-PT",
        "ar-EG | ar-EG",
        "fi, sv;q=0.8, en;q=0.5 | sv",
        "fi, is | en",
        "* | en",
      })
  void isTheOneThatIsAskedFor(String accepted, String tag) {
    Language language = Language.of(Collections.enumeration(List.of(accepted)));
    assertThat(language.tag()).isEqualTo(tag);
    assertThat(language.bundle()).isSameAs(in(tag).bundle());
  }

  private static Language in(String tag) {
    return Language.in(Locale.forLanguageTag(tag));
  }

  @Test
  void countsAsTheLanguageDoes() {
    assertThat(Stream.of(1, 3, 5, 22).map(days -> in("pl").say("left.days", days)))
        .containsExactly("1 dzień", "3 dni", "5 dni", "22 dni");
    assertThat(Stream.of(1, 3, 5, 22).map(hours -> in("pl").say("left.hours", hours)))
        .containsExactly("1 godzina", "3 godziny", "5 godzin", "22 godziny");
    assertThat(Stream.of(1, 21, 22, 25).map(hours -> in("uk").say("left.hours", hours)))
        .containsExactly("1 година", "21 година", "22 години", "25 годин");
    assertThat(Stream.of(1, 2, 3, 11).map(hours -> in("ar").say("left.hours", hours)))
        .containsExactly("ساعة", "ساعتان", "3 ساعات", "11 ساعة");
    assertThat(in("fr").say("gallery.count", 2_000_000)).contains(" de photos");
  }

  @Test
  void writesNumbersAsTheLanguageDoes() {
    assertThat(in("fr").size(10_700_000_000L)).isEqualTo("10,7 Go");
    assertThat(in("uk").size(64_000)).isEqualTo("64 кБ");
    assertThat(in("ar-EG").size(10_700_000_000L)).isEqualTo("10.7 غ.ب");
    assertThat(in("de-CH").say("gallery.count", 12_345)).startsWith("12’345 ");
  }

  @Test
  void listsAsTheLanguageDoes() {
    List<String> types = List.of("image/jpeg", "image/png", "video/*");
    assertThat(in("en").types(types)).isEqualTo("JPEG, PNG and videos");
    assertThat(in("ja").types(types)).isEqualTo("JPEG、PNG、動画");
    assertThat(in("zh-CN").types(types)).isEqualTo("JPEG、PNG和视频");
    assertThat(in("ar").types(types)).contains("، ");
    assertThat(in("da").types(List.of())).isEmpty();
  }
}

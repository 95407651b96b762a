package slipway.subtitle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubtitleFileTest {
  private static final Set<String> TAGS =
      Set.of("html", "head", "body", "b", "i", "u", "ruby", "rt", "c", "v", "lang");

  private static SubtitleFile read(String text) throws SubtitleFaultException {
    return SubtitleFile.read(text.getBytes(UTF_8));
  }

  private static String vtt(String text) throws SubtitleFaultException {
    return read(text).as(SubtitleFormat.VTT, false);
  }

  /** One cue of WebVTT with that text. */
  private static String cue(String text) {
    return "WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n";
  }

  private static String cleaned(String text) throws SubtitleFaultException {
    return vtt(cue(text)).lines().skip(3).findFirst().orElseThrow();
  }

  @Test
  void readsWebVttWithoutWhatIsNoCue() throws SubtitleFaultException {
    String given =
        """
        WEBVTT - a film
        Kind: captions

        STYLE
        ::cue { background: url(http://spy.example/) }

        REGION
        id:fred

        NOTE
        written by hand

        2
        01:00.5 --> 01:01:02.250 align:start line:0 region:fred onload:x

        first
        00:02.000 --> 00:04.000
        <v Ann>Hello
        you
        """
            .replace("onload:x\n\n", "onload:x\nLater\n\n");
    assertThat(vtt(given))
        .isEqualTo(
            """
            WEBVTT

            00:00:02.000 --> 00:00:04.000
            <v Ann>Hello
            you

            00:01:00.500 --> 01:01:02.250 align:start line:0
            Later
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsSrtWithAnyLineEnds(String end) throws SubtitleFaultException {
    String given =
        "\uFEFF1\n00:00:01,5 --> 00:00:02,000 X1:1 Y1:2\n{\\an8}<font color=red>A & B</font>\nC\n"
            + "2\n00:00:03,000 --> 00:00:04,000\n<i>D</i>\n \n\n3\n100:00:00,000";
    String whole = given.replace("3\n100:00:00,000", "");
    SubtitleFile file = read(whole.replace("\n", end));
    assertThat(file.cueCount()).isEqualTo(2);
    assertThat(file.as(SubtitleFormat.VTT, false))
        .isEqualTo(
            """
            WEBVTT

            00:00:01.500 --> 00:00:02.000
            A &amp; B
            C

            00:00:03.000 --> 00:00:04.000
            <i>D</i>
            """);
    assertThat(file.as(SubtitleFormat.WEBSRT, false))
        .startsWith("1\n00:00:01,500 --> 00:00:02,000\nA &amp; B\nC\n\n2\n")
        .contains("<i>D</i>");
    assertThat(file.as(SubtitleFormat.WEBSRT, true)).contains("\nD\n").doesNotContain("<i>");
    assertThat(file.as(SubtitleFormat.JSON, false))
        .isEqualTo(
            "{\"subtitles\":[{\"timestamp_begin\":1.500,\"timestamp_end\":2.000,\"text\":[\"A &amp;"
                + " B\",\"C\"]},{\"timestamp_begin\":3.000,\"timestamp_end\":4.000,\"text\":[\""
                + "\\u003ci>D\\u003c/i>\"]}]}");
    assertThatThrownBy(() -> read(given.replace("\n", end))).hasMessageContaining("Line 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<script>alert(1)</script>|alert(1)",
        "<b onclick=alert(1)>bold</b>|<b>bold</b>",
        "<img src=x onerror=alert(1)>x|x",
        "<v Bob onclick=\"x\">Hi|<v Bob onclickx>Hi",
        "<c.loud.x--><i.-->a|a",
        "<v a-->a --> b|a --&gt; b",
        "&lt;img onerror=x&gt; &amp; &#60;b> & &nothing;|"
            + "&lt;img onerror=x&gt; &amp; &lt;b&gt; &amp; &amp;nothing;",
        "a < b > c <3|a &lt; b &gt; c &lt;3",
        "x&#10;&#10;00:05.000 &#45;-> 00:06.000|x  00:05.000 --&gt; 00:06.000",
        "<00:00:01.500>now <lang en-GB>you|<00:00:01.500>now <lang en-GB>you"
      })
  void textBecomesNoMarkup(String given, String clean) throws SubtitleFaultException {
    assertThat(cleaned(given)).isEqualTo(clean);
  }

  @Test
  void keepsControlCharactersOut() throws SubtitleFaultException {
    assertThat(cleaned("a\0b\u0007c&#0;")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
  }

  /** Whatever is sent, browsers read the same cues from it, as WebVTT, as SRT or as HTML. */
  @Test
  void whatIsKeptIsReadAgainAsTheSame() {
    String[] parts = {
      "<",
      ">",
      "&",
      "lt;",
      "-->",
      " --> ",
      "00:01.000",
      "00:02.000",
      "\n",
      "\r",
      "\n\n",
      "b",
      "/",
      "<b>",
      "</b>",
      "<v ",
      "<img src=x onerror=y ",
      "=",
      "\"",
      "'",
      " ",
      "\t",
      "NOTE",
      "WEBVTT",
      "1",
      "{\\an",
      "}",
      "&#10;",
      "--",
      "<c.",
      ".",
      "\0",
      "\u2028",
      "𝄞",
      "<!--",
      "\u00A0"
    };
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? cue("x") : "");
      text.append(random.nextBoolean() ? "\n00:00:03.000 --> 00:00:04.000\n" : "y");
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        check(read(text.toString()));
      } catch (SubtitleFaultException e) {
        assertThat(e.getMessage()).isNotEmpty(); // It is no file of subtitles.
      }
    }
  }

  private static void check(SubtitleFile file) throws SubtitleFaultException {
    String kept = file.as(SubtitleFormat.VTT, false);
    assertThat(vtt(kept)).isEqualTo(kept);
    assertThat(read(kept).cueCount()).isEqualTo(file.cueCount());
    String srt = file.as(SubtitleFormat.WEBSRT, true);
    for (String written : new String[] {kept, srt, file.as(SubtitleFormat.WEBSRT, false)}) {
      for (Element element : Jsoup.parse(written).getAllElements()) {
        assertThat(TAGS)
            .as(written)
            .anyMatch(tag -> (element.normalName() + ".").startsWith(tag + ".") || isRoot(element));
        assertThat(element.attributes()).allSatisfy(a -> assertThat(a.getValue()).isEmpty());
      }
    }
  }

  private static boolean isRoot(Element element) {
    return element.normalName().startsWith("#");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|no cue",
        "'WEBVTT\n\nNOTE x\n'|no cue",
        "'WEBVTTX\n'|Line 1 has no times: the file must be WebVTT",
        "'{\"a\": 1}'|Line 1 has no times: the file must be WebVTT",
        "'1\n00:00:01,000 --> 00:00:02,000\nx\n\nand more'|Line 5 has no times",
        "'1\n00:00:01,000 -> 00:00:02,000\nx'|Line 1 has no times",
        "'1\n00:00:02,000 --> 00:00:01,999\nx'|Line 2 has a cue that ends before",
        "'1\n00:61:02,000 --> 00:62:01,999\nx'|Line 2 has more than 59",
        "'1\n999999999:00:02,000 --> 999999999:00:03,000\nx'|Line 2 has a time beyond 99:59:59.999",
        "'1\n99999999999:00:02,000 --> 99999999999:00:03,000\nx'|Line 2 has no times",
        "'1\n00:00:01,000 --> 00:00:02,000\n<i> </i>'|no cue"
      })
  void saysWhatIsWrongAndWhere(String given, String message) {
    assertThatThrownBy(() -> read(given))
        .isInstanceOf(SubtitleFaultException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tellsAnotherEncoding() {
    assertThatThrownBy(() -> SubtitleFile.read(("\uFEFF" + cue("x")).getBytes(UTF_16LE)))
        .hasMessageContaining("UTF-16");
    byte[] latin = cue("æ").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> SubtitleFile.read(latin)).hasMessageContaining("Line 4 is not UTF-8");
  }

  @Test
  void takesAsManyCuesAsItMayAndNoMore() throws SubtitleFaultException {
    String one = "00:01.000 --> 00:02.000\nx\n\n";
    String most = "WEBVTT\n\n" + one.repeat(SubtitleFile.MAX_CUES);
    assertThat(read(most).cueCount()).isEqualTo(SubtitleFile.MAX_CUES);
    assertThatThrownBy(() -> read(most + one)).hasMessageContaining("10000 cues");
  }

  /** An entity is longer than what it stands for. */
  @Test
  void boundsWhatIsKept() {
    String much = cue("<".repeat(SubtitleFile.MAX_BYTES / 2));
    assertThatThrownBy(() -> read(much)).hasMessageContaining("too large as WebVTT");
  }

  @ParameterizedTest
  @CsvSource({
    "da, da",
    "en-us, en_US",
    "EN_US, en_US",
    "zh-hant-tw, zh_Hant_TW",
    "es_419, es_419",
    "fil, fil"
  })
  void readsALanguageInEachForm(String given, String id) {
    assertThat(SubtitleLocale.of(given).orElseThrow().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "xx", "en_XX", "en__US", "danish", "../da", "da_DK_x", "d\u0430"})
  void refusesWhatIsNoLanguage(String given) {
    assertThat(SubtitleLocale.of(given)).isEmpty();
  }

  @Test
  void namesALanguage() {
    SubtitleLocale danish = new SubtitleLocale("da_DK");
    assertThat(danish.tag()).isEqualTo("da-DK");
    assertThat(danish.englishName()).isEqualTo("Danish (Denmark)");
    assertThat(danish.ownName()).isEqualTo("Dansk (Danmark)");
  }
}

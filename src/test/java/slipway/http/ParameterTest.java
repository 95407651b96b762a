package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.details.TextLimits;

class ParameterTest {
  private static final Parameter<Long> ID = Parameter.id("photo_id");
  private static final Parameter<Integer> MINUTES = Parameter.integer("minutes", 15, 60).orElse(20);
  private static final Parameter<String> TAG = Parameter.text("tag", 5).alias("name");

  private static Parameters given(List<Parameter<?>> declared, String... namesAndValues) {
    List<Map.Entry<String, String>> came = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      came.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return Parameters.of(came).declaring(declared);
  }

  private static void assertInvalid(Parameter<?> parameter, String message, String... given) {
    assertThatThrownBy(() -> parameter.of(given(List.of(parameter), given)))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }

  @Test
  void cannotBeReadWhereItIsNotDeclared() {
    Parameters parameters = given(List.of(MINUTES), "photo_id", "7");
    assertThatThrownBy(() -> ID.find(parameters))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The parameter photo_id is read but not declared");
    assertThatThrownBy(() -> ID.isGiven(parameters)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cannotBeReadInAnotherWayThanItIsDeclared() {
    Parameters parameters = given(List.of(MINUTES), "minutes", "99");
    assertThatThrownBy(() -> Parameter.integer("minutes", 15, 100).of(parameters))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> MINUTES.orElse(30).of(parameters))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isReadWhateverWordsDescribeIt() throws ApiException {
    Parameters parameters = given(List.of(MINUTES.words("How long.").required()), "minutes", "30");
    assertThat(MINUTES.of(parameters)).isEqualTo(30);
  }

  @Test
  void hasItsFallbackWhereItIsMissingOrEmpty() throws ApiException {
    assertThat(MINUTES.of(given(List.of(MINUTES)))).isEqualTo(20);
    assertThat(MINUTES.of(given(List.of(MINUTES), "minutes", ""))).isEqualTo(20);
    assertThat(MINUTES.find(given(List.of(MINUTES)))).isEmpty();
  }

  @Test
  void isRefusedByNameWithWhatIsValid() {
    String message = "The parameter 'minutes' must be a whole number from 15 to 60.";
    assertInvalid(MINUTES, message, "minutes", "14");
    assertInvalid(MINUTES, message, "minutes", "61");
    assertInvalid(MINUTES, message, "minutes", "x");
    assertInvalid(MINUTES, message, "minutes", "+30");
    assertInvalid(MINUTES, message, "minutes", "\u0663\u0660");
    assertInvalid(MINUTES, message, "minutes", "99999999999999999999");
    Parameter<Long> photo = ID.required("the number of a photo");
    assertInvalid(photo, "The parameter 'photo_id' is required: the number of a photo.");
    assertInvalid(photo, "The parameter 'photo_id' must be a number above 0.", "photo_id", "0");
  }

  @Test
  void countsByAFurtherNameWhereItIsNotGivenByItsOwn() throws ApiException {
    assertThat(TAG.of(given(List.of(TAG), "name", "a"))).isEqualTo("a");
    assertThat(TAG.of(given(List.of(TAG), "name", "b", "tag", "b"))).isEqualTo("b");
    assertInvalid(
        TAG,
        "The parameter 'name' must be the same as 'tag', of which it is an alias, or missing.",
        "name",
        "a",
        "tag",
        "b");
    assertThat(TAG.of(given(List.of(TAG), "name", "a", "tag", ""))).isEqualTo("a");
    assertInvalid(TAG, "The parameter 'name' must be at most 5 characters.", "name", "abcdef");
  }

  @Test
  void emptiesATextThatIsGivenEmpty() throws ApiException {
    TextParameters texts = new TextParameters(TextLimits.DEFAULT);
    List<Parameter<?>> declared = List.of(texts.title(), texts.tagList());
    assertThat(texts.title().find(given(declared, "title", ""))).contains("");
    assertThat(texts.title().find(given(declared))).isEmpty();
    assertThat(texts.tagList().find(given(declared, "tags", ""))).contains("");
  }

  @Test
  void hasTheBoundsOfTheSettingsInItsSchema() {
    TextParameters texts = new TextParameters(new TextLimits(30, 200, 3, 10));
    assertThat(texts.title().schema()).containsEntry("maxLength", 300);
    assertThat(texts.title().words()).contains("at most 30 characters");
    assertThat(texts.tagList().schema()).containsEntry("maxLength", 42);
    assertThat(texts.tagList().words()).contains("at most 3 tags of 10 characters");
    assertThat(MINUTES.schema())
        .containsEntry("minimum", 15)
        .containsEntry("maximum", 60)
        .containsEntry("default", 20);
  }

  @Test
  void othersAreThoseThatAreNeitherDeclaredNorShapeTheReply() {
    Parameters parameters =
        given(List.of(TAG), "a", "1", "tag", "x", "name", "y", "format", "json", "a", "2");
    assertThat(parameters.others()).containsExactly(Map.entry("a", "1"), Map.entry("a", "2"));
  }
}

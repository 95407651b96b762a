package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.language.Language;
import slipway.language.Saying;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/** There is a text for each thing that a visitor may be told. */
class VisitorWordsTest {
  private static void assertIsSaid(Saying saying) {
    for (String language : Language.all()) {
      assertThat(Language.in(Locale.forLanguageTag(language)).say(saying))
          .as(language)
          .matches("(?s).+[.。]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofEachTokenThatIsRefused(TokenRefusedException.Reason reason) {
    assertIsSaid(Saying.of("refused." + reason.name().toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @EnumSource
  void ofEachFileThatMayBeTakenLater(UploadLaterException.Reason reason) {
    assertIsSaid(VisitorWords.of(new UploadLaterException(reason, "later")));
  }

  @ParameterizedTest
  @EnumSource
  void ofFilesThatAreRefused(UploadRefusedException.Reason reason) {
    Saying saying = VisitorWords.of(new UploadRefusedException(reason, "no"));
    if (saying != null) {
      assertIsSaid(saying);
    }
  }

  @Test
  void ofWhatIsTooMuchForTheServer() {
    for (String key : new String[] {"busy", "too_many", "later", "cut", "page", "empty"}) {
      assertIsSaid(Saying.of("refused." + key));
    }
    assertThat(VisitorWords.of(new IllegalStateException("a fault"))).isNull();
  }
}

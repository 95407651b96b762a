package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyQuestionsTest {
  private static final UploadKey OWN = new UploadKey("own", "file", 3);

  private final EarlyQuestions questions = new EarlyQuestions();

  @Test
  void thoseOfOneTokenPushOutNoneOfAnother() {
    Contributors own = questions.of(OWN);
    for (int i = 0; i < 3000; i++) {
      questions.of(new UploadKey("other", "file " + i, 3));
    }
    assertThat(questions.take(OWN)).isSameAs(own);
  }

  @Test
  void theOldestOfATokenAreForgottenFirst() {
    Contributors own = questions.of(OWN);
    Contributors latest = null;
    for (int i = 0; i < 1000; i++) {
      latest = questions.of(new UploadKey("own", "file " + i, 3));
    }
    assertThat(questions.take(OWN)).isNotSameAs(own);
    assertThat(questions.take(new UploadKey("own", "file 999", 3))).isSameAs(latest);
  }

  @Test
  void manyTokensWithOneEachLeaveRoomForThoseToCome() {
    for (int i = 0; i < 3000; i++) {
      questions.of(new UploadKey("token " + i, "file", 3));
    }
    Contributors own = questions.of(OWN);
    assertThat(questions.take(OWN)).isSameAs(own);
    assertThat(questions.take(OWN)).isNotSameAs(own);
  }
}

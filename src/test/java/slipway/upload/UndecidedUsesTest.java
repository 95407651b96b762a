package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import slipway.harness.Await;
import slipway.token.SampleToken;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

class UndecidedUsesTest {
  private final UndecidedUses uses = new UndecidedUses();
  private final UploadToken token = SampleToken.returningTo("http://a.test/", List.of());

  @Test
  void giveTheUseOfAFormThatIsJustAboutToHoldIt() throws Exception {
    uses.ask(token.id(), "a.jpg");
    FutureTask<Optional<TokenUse>> taken = taking();
    TokenUse use = use();
    uses.hold(use, "a.jpg");
    uses.asked(token.id(), "a.jpg");
    assertThat(taken.get()).containsSame(use);
    assertThat(uses.takeAny(token.id(), "a.jpg")).isEmpty();
  }

  /** A use that has a token, and nothing else. */
  private TokenUse use() {
    return (TokenUse)
        Proxy.newProxyInstance(
            TokenUse.class.getClassLoader(),
            new Class<?>[] {TokenUse.class},
            (proxy, method, values) -> method.getName().equals("token") ? token : null);
  }

  @Test
  void giveNothingWhereAFormGotNone() throws Exception {
    uses.ask(token.id(), "a.jpg");
    FutureTask<Optional<TokenUse>> taken = taking();
    uses.asked(token.id(), "a.jpg");
    assertThat(taken.get()).isEmpty();
  }

  private FutureTask<Optional<TokenUse>> taking() {
    FutureTask<Optional<TokenUse>> taken =
        new FutureTask<>(() -> uses.takeAny(token.id(), "a.jpg"));
    Thread thread = new Thread(taken);
    thread.start();
    Await.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    return taken;
  }
}

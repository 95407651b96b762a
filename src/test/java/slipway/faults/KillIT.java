package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import slipway.harness.AnyContainer;
import slipway.harness.Certificates;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.http.event.EventOverAKill;
import slipway.http.upload.tus.TusOverAKill;
import slipway.mail.MailOverAKill;

/**
 * The lives of one server: it runs out of files, is killed at a random point, started again, and
 * stopped while uploads run. {@link ManyKillsIT} has more kills, and sweeps what is left of them.
 */
@ParameterizedClass
@AnyContainer
class KillIT {
  private static final String LOOPBACK = "127.0.0.1";

  private static Server server;
  private static KillRun run;
  private static TusOverAKill tus;
  private static EventOverAKill event;
  private static MailOverAKill mail;

  @Parameter Container container;

  @BeforeParameterizedClassInvocation
  static void killAndStart(Container container) throws Exception {
    mail = new MailOverAKill(container != Container.JETTY_12);
    server =
        mail.mailing(Server.on(container))
            .withRenditions()
            .names(Map.of(Certificates.MAIL, LOOPBACK, "localhost", LOOPBACK))
            .setting("slipway.token.sweep-seconds", "1")
            .setting("slipway.outgoing.allow-private", "localhost")
            .setting("slipway.outgoing.first-pause-millis", "50")
            .setting("slipway.outgoing.timeout-seconds", "2")
            .start();
    // First, as the server has loaded nothing yet but what a start loads.
    FilesRunOut.isOverOnceItMayOpenFilesAgain(server);
    mail.begin(server);
    tus = new TusOverAKill(server);
    event = new EventOverAKill(server);
    run = new KillRun(server, 7);
    run.kill(
        () -> {
          tus.sendHalf();
          event.happen();
          mail.happen();
        });
    event.listen();
    mail.listen();
    server.restart();
  }

  @AfterParameterizedClassInvocation
  static void stopWhileUploadsRun() throws Exception {
    try (MailOverAKill sent = mail;
        Server stopped = server;
        EventOverAKill heard = event) {
      if (heard != null) {
        OrderlyStop.letsRunningUploadsEnd(stopped);
      }
    }
  }

  @Test
  void keepsEveryPromiseWhenKilledAtARandomPoint() throws Exception {
    run.check();
    assertThat(run.reported()).isZero();
  }

  @Test
  void goesOnWithUploadsByTus() throws Exception {
    tus.goOn();
  }

  @Test
  void boundsTheUnfinishedUploadsOfAnAddress() {
    tus.boundsTheUnfinishedUploadsOfAnAddress();
  }

  @Test
  void boundsTheRoomThatUnfinishedUploadsOfATokenTake() {
    tus.boundsTheRoomThatATokensTake();
  }

  @Test
  void tellsOfWhatHappenedRightBefore() throws Exception {
    event.isTold();
  }

  @Test
  void sendsEachEMailOnceThoughItsServerWasAway() throws Exception {
    mail.areSent();
  }
}

package slipway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.List;
import slipway.db.Database;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.token.TokenRegistry;
import slipway.upload.Completion;
import slipway.upload.FreeDisk;
import slipway.upload.resumable.UploadTable;

/**
 * A virtual thread that waits under a monitor holds its carrier on Java 21 to 23: where a disk or
 * the database is waited for, locks are needed.
 */
final class MonitorRules {
  private static final List<Class<?>> WAITING =
      List.of(
          Completion.class,
          Database.class,
          FileChannel.class,
          Files.class,
          FileStore.class,
          FreeDisk.class,
          FreeDisk.UsableBytes.class,
          MediaStore.class,
          PartialFile.class,
          Spool.class,
          TokenRegistry.class,
          UploadTable.class);

  private MonitorRules() {}

  @ArchTest
  static final ArchRule areNotHeldWhileTheDiskOrTheDatabaseIsWaitedFor =
      noClasses()
          .should()
          .callMethodWhere(
              describe("a synchronized method waits for a disk", MonitorRules::waitsUnderAMonitor));

  private static boolean waitsUnderAMonitor(JavaCall<?> call) {
    return call.getOrigin().getModifiers().contains(JavaModifier.SYNCHRONIZED)
        && WAITING.stream().anyMatch(call.getTargetOwner()::isAssignableTo);
  }
}

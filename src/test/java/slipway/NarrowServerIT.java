package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link slipway.harness.Server#narrow} or {@link
 * slipway.faults.SlowClients}, in one JVM, as each JVM starts such servers of its own. By itself
 * each of them runs as any other.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.faults.SentFileIT",
      "slipway.faults.SlowBodiesIT",
      "slipway.faults.SlowReadersIT",
      "slipway.faults.SlowReadersOnEachIT",
      "slipway.faults.UnreadAnswersIT",
      "slipway.faults.UnreadBodyIT",
      "slipway.http.BehindProxyIT",
      "slipway.http.front.CrossOriginIT",
      "slipway.http.front.LimitsIT",
      "slipway.http.upload.EarlyAnswerIT"
    })
class NarrowServerIT {}

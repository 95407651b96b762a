package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link slipway.faults.FaultyServer}, in one JVM, as each JVM starts one of
 * its own.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.faults.FailedCommitIT",
      "slipway.faults.FirstStartIT",
      "slipway.faults.FlushIT",
      "slipway.faults.QuotaIT",
      "slipway.http.session.SessionIT"
    })
class FaultyServerIT {}

package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link ManagedServer}, in one JVM, as each JVM starts one of its own. The
 * first one finds the WAR in it, which the last one takes out.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(names = {"slipway.scan.ScanIT", "slipway.RedeployIT"})
class ManagedServerIT {}

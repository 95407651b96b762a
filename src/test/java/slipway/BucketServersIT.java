package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes whose servers keep files in {@link slipway.harness.TestBuckets}, in one JVM, as each
 * JVM starts a store of its own.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {"slipway.ClusterIT", "slipway.faults.StoreTroubleIT", "slipway.media.s3.BucketIT"})
class BucketServersIT {}

package slipway.upload;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link slipway.harness.TestBuckets}, in one JVM, as each JVM starts a store
 * of its own. By itself each of them runs as any other. It is here as it takes long, and what is in
 * this room begins early.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.BucketBelongsTest",
      "slipway.CopyMediaTest",
      "slipway.media.s3.PieceObjectsTest",
      "slipway.media.s3.S3MediaStoreTest",
      "slipway.reconcile.BucketSweepTest",
      "slipway.upload.resumable.UploadsInABucketTest"
    })
public class BucketsTest {}

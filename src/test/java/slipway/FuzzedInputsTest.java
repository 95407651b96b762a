package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that the fuzzer makes inputs for, with the inputs that are known, in one JVM, as the
 * fuzzer takes seconds to start. By itself each of them runs with its checks of what is called.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.details.TagsFuzzTest",
      "slipway.http.ForwardedFuzzTest",
      "slipway.http.OAuthHeaderFuzzTest",
      "slipway.http.ParametersFuzzTest",
      "slipway.http.upload.chunk.ChunkFuzzTest",
      "slipway.http.upload.tus.TusHeadersFuzzTest",
      "slipway.multipart.MultipartFuzzTest",
      "slipway.web.MediaDeliveryFuzzTest"
    })
public class FuzzedInputsTest {}

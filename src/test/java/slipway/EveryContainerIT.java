package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that run on the shared server of each container, or on {@link
 * slipway.harness.SmallServer}, in one JVM, as each JVM starts such servers of its own.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.faults.BrokenBodyIT",
      "slipway.faults.MalformedUploadIT",
      "slipway.http.ApiFrameIT",
      "slipway.http.BadTextIT",
      "slipway.http.OAuthIT",
      "slipway.http.OddHeadersIT",
      "slipway.http.RequestMethodsIT",
      "slipway.http.front.ErrorPagesIT",
      "slipway.http.front.MemoryLimitIT",
      "slipway.http.front.ParameterLimitIT",
      "slipway.http.ops.OperationsIT",
      "slipway.http.session.SendOnIT",
      "slipway.http.upload.LongHeadersIT",
      "slipway.http.upload.chunk.ChunkIT",
      "slipway.http.upload.chunk.FileFirstNodeIT",
      "slipway.http.upload.form.CallbackLengthIT",
      "slipway.http.upload.form.FormBoundsIT",
      "slipway.http.upload.form.NoRoomIT",
      "slipway.http.upload.form.RedeemCorsIT",
      "slipway.http.upload.form.RedeemUploadTokenIT",
      "slipway.http.upload.form.ResentFormIT",
      "slipway.http.upload.form.UploaderReplyIT",
      "slipway.http.upload.form.VisitorLanguageIT",
      "slipway.http.upload.tus.TusDeadTokenIT",
      "slipway.http.upload.tus.TusIT",
      "slipway.http.upload.tus.TusLostAnswerIT",
      "slipway.http.uploadtoken.GetUploadTokenIT",
      "slipway.web.AssetsIT",
      "slipway.web.MediaDeliveryIT"
    })
class EveryContainerIT {}

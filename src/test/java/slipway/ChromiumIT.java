package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link slipway.harness.Browser}, in one JVM, as each JVM starts a Chromium
 * of its own.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.harness.BrowserIT",
      "slipway.http.upload.chunk.ChunkClientIT",
      "slipway.http.upload.form.PlainFormIT",
      "slipway.http.upload.form.RedeemFromAnotherOriginIT",
      "slipway.http.upload.form.ResumableDocsIT",
      "slipway.web.ConsoleIT",
      "slipway.web.ConsoleReviewIT",
      "slipway.web.ElementDocsIT",
      "slipway.web.GalleryLooksIT",
      "slipway.web.ResumableElementIT",
      "slipway.web.TryItIT",
      "slipway.web.UploadElementIT",
      "slipway.web.UploadElementLooksIT",
      "slipway.web.UploadPageIT",
      "slipway.web.UploadPageLooksIT"
    })
class ChromiumIT {}

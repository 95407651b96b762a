package slipway;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * The classes that need {@link slipway.harness.SharedServers}, in one JVM, as each JVM starts such
 * servers of its own.
 */
@Suite(failIfNoTests = false) // None of them may have a tag that is requested.
@ExcludeTags({"faults", "alone"})
@IncludeClassNamePatterns(".*")
@SelectClasses(
    names = {
      "slipway.http.ClosedSiteIT",
      "slipway.http.ContextPathIT",
      "slipway.http.clients.VisualIT",
      "slipway.http.event.HostileReceiverIT",
      "slipway.http.front.LoggedSecretsIT",
      "slipway.http.ops.OperationsSettingsIT",
      "slipway.http.photo.PopularityIT",
      "slipway.http.upload.chunk.FileFirstChunkIT",
      "slipway.http.upload.chunk.FileFirstRulesIT",
      "slipway.http.upload.form.FileFirstFormIT",
      "slipway.web.AccelRedirectIT",
      "slipway.web.BrandingIT"
    })
class SharedServersIT {}

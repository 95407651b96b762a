package slipway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.CredentialStore;

/**
 * Tells a developer where to begin. Only the build, which runs on the developer's machine, names a
 * page.
 */
final class LocalPage {
  private static final String PROPERTY = "local.page";

  private static final Logger LOG = LoggerFactory.getLogger(LocalPage.class);

  private LocalPage() {}

  /** Shows the key if it is the one that the build set, and is valid. */
  static void tell(String initialKey, CredentialStore credentials) {
    String page = System.getProperty(PROPERTY);
    if (page != null) {
      LOG.info("Open {} with {}", page, key(initialKey, credentials));
    }
  }

  static String key(String initialKey, CredentialStore credentials) {
    return initialKey != null && credentials.find(initialKey).isPresent()
        ? "the key " + initialKey
        : "the key of this data folder's first start";
  }
}

package slipway.upload;

import org.jdbi.v3.core.Handle;

/** Calls the return_url of tokens with {@code background_return_p} in the visitor's stead. */
@FunctionalInterface
public interface BackgroundReturn {
  /** Makes no call. */
  BackgroundReturn NONE = (tx, url) -> {};

  /**
   * Notes a GET to be made soon; it is made if, and only if, the transaction is committed.
   *
   * @param url absolute http or https address
   */
  void enqueue(Handle tx, String url);
}

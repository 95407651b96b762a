package slipway.token;

import java.util.List;
import java.util.Map;

/**
 * Where the outcome of an upload is sent.
 *
 * @param url absolute http or https URL that the visitor is sent back to
 * @param inBackground whether the server itself requests that URL, while the visitor stays
 * @param extra further parameters that the request repeats, in order; a name may appear several
 *     times
 */
public record ReturnTo(String url, boolean inBackground, List<Map.Entry<String, String>> extra) {}

package slipway.token;

import java.util.Map;

/**
 * Where what came of an upload is told.
 *
 * @param url absolute http or https URL that the visitor is sent back to
 * @param inBackground whether the server itself makes that request, and the visitor stays
 * @param extra further parameters that the request repeats, in order
 */
public record ReturnTo(String url, boolean inBackground, Map<String, String> extra) {}

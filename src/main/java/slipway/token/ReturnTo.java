package slipway.token;

/**
 * Where what came of an upload is told.
 *
 * @param url absolute http or https URL that the visitor is sent back to
 * @param inBackground whether the server itself makes that request, and the visitor stays
 * @param extra further parameters of the request, urlencoded; empty for none
 */
public record ReturnTo(String url, boolean inBackground, String extra) {}

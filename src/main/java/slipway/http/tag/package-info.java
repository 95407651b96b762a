/** The methods under {@code /api/tag/}, one servlet each. */
package slipway.http.tag;

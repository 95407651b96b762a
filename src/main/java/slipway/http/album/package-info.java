/** The methods under {@code /api/album/}, one servlet each. */
package slipway.http.album;

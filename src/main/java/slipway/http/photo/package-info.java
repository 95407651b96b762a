/** The methods under {@code /api/photo/}, one servlet each. */
package slipway.http.photo;

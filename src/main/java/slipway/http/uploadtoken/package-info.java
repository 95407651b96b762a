/** The methods under {@code /api/upload-token/}, one servlet each. */
package slipway.http.uploadtoken;

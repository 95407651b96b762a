/** The methods under {@code /api/user/}, one servlet each. */
package slipway.http.user;

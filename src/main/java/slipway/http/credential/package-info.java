/** The API methods about credentials. */
package slipway.http.credential;

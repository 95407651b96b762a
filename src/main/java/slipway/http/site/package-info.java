/** The API methods about the site and the API itself. */
package slipway.http.site;

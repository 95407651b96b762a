/** The methods that make links to look at a photo or an album. */
package slipway.http.viewlink;

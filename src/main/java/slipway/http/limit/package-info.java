/** How much any one caller may ask of the service at a time. */
package slipway.http.limit;

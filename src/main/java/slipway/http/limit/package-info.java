/** Limits on how much one caller may use of the service. */
package slipway.http.limit;

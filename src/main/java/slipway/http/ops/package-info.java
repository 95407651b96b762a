/** Health and metrics for those who run the service. */
package slipway.http.ops;

/** The filters that every request and every answer passes. */
package slipway.http.front;

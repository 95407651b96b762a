/** What those who run the service ask it: whether it is well, and how much it does. */
package slipway.http.ops;

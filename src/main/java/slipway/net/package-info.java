/** Addresses of the Internet, as settings name them. */
package slipway.net;

/** Addresses of the Internet, as settings name them, and what they may take. */
package slipway.net;

/** Internet addresses, names and URLs, and how addresses share resources. */
package slipway.net;

/** Who calls, and what it may do. */
package slipway.auth;

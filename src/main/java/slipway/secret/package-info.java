/** Secrets on the disk. */
package slipway.secret;

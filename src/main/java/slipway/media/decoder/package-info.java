/** Has pictures decoded by processes of their own. */
package slipway.media.decoder;

/** Looks at videos by programs that may be there. */
package slipway.media.video;

/** Runs other programs on visitors' files, within bounds. */
package slipway.media.program;

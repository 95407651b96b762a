/** Looks at HEIC and AVIF files by a program that may be there. */
package slipway.media.heif;

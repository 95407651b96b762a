/** Decodes pictures. */
package slipway.media.pictures;

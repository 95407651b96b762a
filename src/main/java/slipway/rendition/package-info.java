/** Makes the renditions of photos, in the background. */
package slipway.rendition;

/** The metadata of a photo: how its texts are cleaned, cut, folded and found. */
package slipway.details;

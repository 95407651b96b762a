/** The metadata of a photo: its texts, as they are cleaned, cut, folded and found. */
package slipway.details;

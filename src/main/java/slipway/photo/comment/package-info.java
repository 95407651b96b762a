/** Visitors' comments on photos: shown, waiting to be approved, or deleted. */
package slipway.photo.comment;

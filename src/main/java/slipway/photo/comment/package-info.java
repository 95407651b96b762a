/** What visitors say of photos, and what happens to it: shown, waiting, deleted. */
package slipway.photo.comment;

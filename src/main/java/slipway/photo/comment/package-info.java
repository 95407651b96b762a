/** What visitors say of photos, and what becomes of it: shown, waiting, deleted. */
package slipway.photo.comment;

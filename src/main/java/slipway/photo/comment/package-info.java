/** What visitors say about photos, and what happens to it: shown, waiting, deleted. */
package slipway.photo.comment;

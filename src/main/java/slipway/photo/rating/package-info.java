/** Ratings of photos, one value for each person and photo. */
package slipway.photo.rating;

/** What people rate photos with, one value for a person and a photo. */
package slipway.photo.rating;

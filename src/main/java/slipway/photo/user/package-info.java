/** Who photos and albums belong to. */
package slipway.photo.user;

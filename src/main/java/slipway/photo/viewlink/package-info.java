/** Links that show a photo or an album, published or not, until they end. */
package slipway.photo.viewlink;

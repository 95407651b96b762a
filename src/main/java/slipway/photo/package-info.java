/** The catalogue: photos, albums, users and tags, and the text that describes them. */
package slipway.photo;

/** The catalogue: photos, albums and tags, and the text that describes them. */
package slipway.photo;

/**
 * The catalogue: photos, albums and tags, what is published of them, and lists of them; and the
 * queues of what is to be done with photos in the background, which are states of their rows.
 */
package slipway.photo;

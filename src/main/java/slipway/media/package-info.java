/**
 * The bytes: where they come in ({@link slipway.media.Spool}), where they are kept ({@link
 * slipway.media.MediaStore}), and what they are. What compares a media folder with the database
 * ({@link slipway.media.Leftovers}) is of files only: another store is not listed as a whole.
 */
package slipway.media;

/**
 * Kept files as objects of a bucket of S3, or of what speaks its protocol. Loaded only where {@code
 * slipway.media} names one.
 */
package slipway.media.s3;

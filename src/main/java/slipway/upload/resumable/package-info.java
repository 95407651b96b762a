/** Uploads in pieces, over several requests and runs of the server. */
package slipway.upload.resumable;

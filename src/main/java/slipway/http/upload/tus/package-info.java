/** The tus protocol 1.0.0 for resumable uploads, at {@code /files/}. */
package slipway.http.upload.tus;

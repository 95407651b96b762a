/** Chunks of Resumable.js and Flow.js. */
package slipway.http.upload.chunk;

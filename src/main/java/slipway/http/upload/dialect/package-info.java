/**
 * How client libraries other than Resumable.js and Flow.js describe a chunk, a small class each:
 * what they say is translated into the fields of Resumable.js.
 */
package slipway.http.upload.dialect;

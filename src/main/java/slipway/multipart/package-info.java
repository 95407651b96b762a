/** Reads {@code multipart/form-data} (RFC 7578) as it streams in; knows nothing of the rest. */
package slipway.multipart;

/** Every way in for bytes: what all of them share, and what each declares. */
package slipway.http.upload;

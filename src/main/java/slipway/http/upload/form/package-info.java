/** A browser's form, and the way back to return_url. */
package slipway.http.upload.form;

/** Files from a site's own server. */
package slipway.http.upload.direct;

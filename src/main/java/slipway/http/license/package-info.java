/** Methods on licences. */
package slipway.http.license;

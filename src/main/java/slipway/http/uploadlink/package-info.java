/** Methods of the API for upload links, with which many guests upload. */
package slipway.http.uploadlink;

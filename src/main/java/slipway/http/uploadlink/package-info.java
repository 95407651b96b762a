/** Methods of the API for standing links, by which many guests upload. */
package slipway.http.uploadlink;

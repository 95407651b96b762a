/** Methods on comments. */
package slipway.http.comment;

/** Methods that begin and end sessions of people. */
package slipway.http.session;

/** The API as HTTP: a request is parsed, a method called, a reply written. */
package slipway.http;

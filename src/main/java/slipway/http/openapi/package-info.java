/** The description of the API for machines: OpenAPI 3.1. */
package slipway.http.openapi;

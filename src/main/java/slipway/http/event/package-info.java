/** The methods under {@code /api/webhook/} and {@code /api/event/}, one servlet each. */
package slipway.http.event;

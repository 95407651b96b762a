package slipway.http;

import slipway.auth.Caller;

/**
 * One call of an API method.
 *
 * @param parameters what it says
 * @param caller who makes it
 */
public record Call(Parameters parameters, Caller caller) {}

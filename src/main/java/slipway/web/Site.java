package slipway.web;

/**
 * The site that the pages are of.
 *
 * @param name for people
 */
public record Site(String name) {}

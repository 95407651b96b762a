package slipway;

/** Placeholder to resolve the build. */
public final class Slipway {}

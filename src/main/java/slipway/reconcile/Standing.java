package slipway.reconcile;

/**
 * How database and media folder stand to each other.
 *
 * @param compared whether they have been compared since the start
 * @param setAside files that no row knows, in the folder for them
 * @param missing photos whose file is not there
 */
public record Standing(boolean compared, int setAside, int missing) {}

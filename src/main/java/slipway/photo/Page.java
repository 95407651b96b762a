package slipway.photo;

import java.util.List;

/**
 * A page of a list.
 *
 * @param items the objects on it, in order
 * @param total objects in all
 */
public record Page<T>(List<T> items, long total) {}

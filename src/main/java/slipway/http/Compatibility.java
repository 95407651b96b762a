package slipway.http;

/**
 * Where replies follow the platform rather than HTTP and JSON as they are used today.
 *
 * @param always200 whether error replies of methods carry HTTP status 200
 * @param visual whether JSON comes as {@code var visual = {...};} where no {@code raw}, {@code
 *     callback} or {@code varname} asks for another shape
 */
public record Compatibility(boolean always200, boolean visual) {}

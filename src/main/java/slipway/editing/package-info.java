/** Changes and deletes photos, each change with its event. */
package slipway.editing;

/**
 * What the JDK's file API does not do: flush names, and manage the space of a disk. Knows nothing
 * of Slipway.
 */
package slipway.disk;

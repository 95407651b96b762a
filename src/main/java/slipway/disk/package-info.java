/** What a disk needs beyond the JDK's files: flushed names, and room. Knows nothing of Slipway. */
package slipway.disk;

/** Whether what runs in the background works. Knows nothing of Slipway. */
package slipway.health;

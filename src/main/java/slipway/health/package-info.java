/** Whether what runs in the background is well. Knows nothing of Slipway. */
package slipway.health;

/** Whether what runs beside the requests is well. Knows nothing of Slipway. */
package slipway.health;

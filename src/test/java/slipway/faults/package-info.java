/**
 * What goes wrong around the service: broken connections, slow and hostile clients, kills, full
 * disks. What takes long is tagged {@code faults}, as is such a test of any other package; the rest
 * runs with all tests.
 */
package slipway.faults;

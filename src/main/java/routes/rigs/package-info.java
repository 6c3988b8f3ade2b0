/**
 * The flow of the drilling rigs: what the plain Java of {@code routes.rig} and {@code routes.telemetry} needs to run in
 * routes, and to go on after a stop. Begin with {@link routes.rigs.RigsFlow}.
 */
package routes.rigs;

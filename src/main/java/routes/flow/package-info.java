/**
 * What a flow of records is, which flows there are, and which the settings choose. Whatever else wants to know of flows asks
 * here; a flow's own room is known by its class alone. Begin with {@link routes.flow.Flow}.
 */
package routes.flow;

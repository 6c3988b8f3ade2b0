/**
 * Whether anything is lost, doubled, reordered, misrouted or altered between the topics of the flow, and in its archive.
 * It reads Kafka and the archive and writes nothing; it shares no reading of messages with the routes, whose work it
 * judges. Begin with {@link routes.audit.Audit}.
 */
package routes.audit;

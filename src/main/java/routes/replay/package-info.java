/**
 * Sends what a topic or its archive has once more, to another topic. What an interrupted replay has done is read in its
 * target. Begin with {@link routes.replay.Replay}.
 */
package routes.replay;

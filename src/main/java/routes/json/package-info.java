/**
 * Any JSON object that a record can be: read strictly, asked by paths, its values compared exactly. Plain Java; what it
 * knows besides are the reasons of {@code telemetry} for which a record is none. Begin with {@link
 * routes.json.JsonReader}.
 */
package routes.json;

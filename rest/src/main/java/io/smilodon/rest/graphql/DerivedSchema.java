package io.smilodon.rest.graphql;

import io.smilodon.database.CollectionListing;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.transfer.SampleSchema;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The schema of a database that nobody has written: for each collection and view a type, of what a
 * sample of its documents holds, and fields that find, count and, for collections, write single
 * documents. Used once, by one thread.
 */
final class DerivedSchema {

    /** Further ones are left out. */
    private static final int COLLECTIONS_MAX = 200;

    private static final int SAMPLE = 1_000;

    private static final String FIND =
            "{'collection': %s, 'find': {'$arg': 'filter'}, 'sort': {'$arg': 'sort'},"
                    + " 'skip': {'$arg': 'skip'}, 'limit': {'$arg': 'limit'}}";
    private static final String BY_ID = "{'collection': %s, 'find': {'_id': {'$arg': '_id'}}}";
    private static final String COUNT = "{'collection': %s, 'count': {'$arg': 'filter'}}";
    private static final String INSERT =
            "{'collection': %s, 'action': 'insertOne', 'body': {'document': {'$arg': 'document'}}}";
    private static final String UPDATE =
            "{'collection': %s, 'action': 'updateOne', 'body': {'filter': {'$arg': ['filter', {}]},"
                    + " 'update': {'$arg': 'update'}, 'upsert': {'$arg': ['upsert', false]}}}";
    private static final String DELETE =
            "{'collection': %s, 'action': 'deleteOne', 'body': {'filter': {'$arg': ['filter',"
                    + " {}]}}}";

    /** What the fields of a collection are called, after its name. */
    private static final List<String> FIELDS =
            List.of("", "_byId", "_count", "_insertOne", "_updateOne", "_deleteOne");

    private final DerivedTypes types = new DerivedTypes();
    private final StringBuilder queries = new StringBuilder();
    private final StringBuilder mutations = new StringBuilder();
    private final DocumentBuilder queryMappings = Document.builder();
    private final DocumentBuilder mutationMappings = Document.builder();
    private final Set<String> names = new HashSet<>();

    private DerivedSchema() {}

    static Definition of(Database database) {
        DerivedSchema schema = new DerivedSchema();
        List<CollectionListing> listings =
                database.listings().stream()
                        .filter(listing -> !listing.name().startsWith("system."))
                        .filter(listing -> !listing.name().equals(StoredDefinitions.COLLECTION))
                        .limit(COLLECTIONS_MAX)
                        .sorted(DerivedTypes.byOwnNames(CollectionListing::name))
                        .toList();
        for (CollectionListing listing : listings) {
            schema.add(database.collection(listing.name()), listing.isView());
        }
        return schema.toDefinition();
    }

    private void add(DocumentCollection collection, boolean isView) {
        String stored = collection.namespace().collection();
        Document sample = SampleSchema.of(collection, SAMPLE);
        DerivedTypes.Derived type = types.add(stored, SampledFields.of(sample));
        String name = unused(DerivedTypes.name(stored));
        String what = isView ? "view" : "collection";
        queries.append(
                "  \"The documents of the %s %s\"\n".formatted(what, DerivedTypes.shown(stored)));
        query(
                "%s(filter: Filter, sort: JSONObject, skip: Int = 0, limit: Int = 100): [%s!]!"
                        .formatted(name, type.name()),
                name,
                FIND,
                stored);
        query(
                "%s_byId(_id: %s!): %s".formatted(name, type.idType(), type.name()),
                name + "_byId",
                BY_ID,
                stored);
        query("%s_count(filter: Filter): Long!".formatted(name), name + "_count", COUNT, stored);
        if (!isView) {
            addWrites(name, stored);
        }
    }

    private void addWrites(String name, String stored) {
        mutation(
                "%s_insertOne(document: JSONObject!): JSON!".formatted(name),
                name + "_insertOne",
                INSERT,
                stored);
        mutation(
                "%s_updateOne(filter: Filter!, update: Update!, upsert: Boolean = false): JSON!"
                        .formatted(name),
                name + "_updateOne",
                UPDATE,
                stored);
        mutation(
                "%s_deleteOne(filter: Filter!): JSON!".formatted(name),
                name + "_deleteOne",
                DELETE,
                stored);
    }

    /** None of the names that are made of it is another collection's. */
    private String unused(String wanted) {
        String name = wanted;
        while (!Collections.disjoint(names, namesOf(name))) {
            name = name + "_";
        }
        names.addAll(namesOf(name));
        return name;
    }

    private static List<String> namesOf(String name) {
        return FIELDS.stream().map(field -> (name + field).toLowerCase(Locale.ROOT)).toList();
    }

    private void query(String field, String name, String mapping, String collection) {
        queries.append("  ").append(field).append('\n');
        queryMappings.put(name, mapping(mapping, collection));
    }

    private void mutation(String field, String name, String mapping, String collection) {
        mutations.append("  ").append(field).append('\n');
        mutationMappings.put(name, mapping(mapping, collection));
    }

    private static Document mapping(String pattern, String collection) {
        Document mapping =
                ExtendedJson.readDocument(pattern.replace("%s", "''").replace('\'', '"'));
        return mapping.with("collection", Value.of(collection));
    }

    private Definition toDefinition() {
        if (queries.isEmpty()) {
            query("_nothing(filter: Filter): Long", "_nothing", COUNT, "_nothing");
        }
        String schema = "type Query {\n" + queries + "}\n";
        DocumentBuilder mappings = Document.builder().put("Query", queryMappings.build());
        if (!mutations.isEmpty()) {
            schema += "\ntype Mutation {\n" + mutations + "}\n";
            mappings.put("Mutation", mutationMappings.build());
        }
        for (Field type : types.mappings()) {
            mappings.put(type.name(), type.value());
        }
        return new Definition(schema + types.text(), mappings.build(), true);
    }
}

package io.smilodon.rest.graphql;

import io.smilodon.database.Database;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The definitions in the collection {@code graphql.apps} of a database: {@code {descriptor, schema,
 * mappings}}. They are checked when they are saved here, and those that came another way when they
 * are used. Thread-safe.
 */
public final class StoredDefinitions {

    /** The collection. */
    public static final String COLLECTION = "graphql.apps";

    private static final Set<String> NAMES =
            Set.of("_id", "_etag", "descriptor", "schema", "mappings");
    private static final Set<String> DESCRIPTOR_NAMES =
            Set.of("name", "description", "uri", "enabled");
    private static final int KEPT_MAX = 100;

    private final Failures failures;
    private final Map<Key, Kept> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    StoredDefinitions(Failures failures) {
        this.failures = failures;
    }

    private record Key(String database, String name) {}

    private record Kept(Document definition, Api api) {}

    /** What finds the definition of a name. */
    public static Document filter(String name) {
        Document byUri = Document.of("descriptor.uri", Value.of(name));
        Document byName =
                Document.builder()
                        .put("descriptor.uri", Document.of("$exists", Value.of(false)))
                        .put("descriptor.name", name)
                        .build();
        return Document.of("$or", ArrayValue.of(Document.of("_id", Value.of(name)), byUri, byName));
    }

    /**
     * A definition as it is to be stored.
     *
     * @throws SmilodonException with the place of what is wrong with it
     */
    public Document checked(String name, Document given) {
        Document definition = Document.builder().put("_id", name).putAll(given).build();
        if (!definition.get("_id").equals(Value.of(name))) {
            throw wrong("The name of a definition is the one in the address", "_id");
        }
        check(definition);
        return definition;
    }

    private Api check(Document definition) {
        for (Field field : definition) {
            if (!NAMES.contains(field.name())) {
                throw wrong("A definition has no such field", field.name());
            }
        }
        if (definition.get("descriptor") instanceof Document descriptor) {
            for (Field field : descriptor) {
                if (!DESCRIPTOR_NAMES.contains(field.name())) {
                    throw wrong("A descriptor has no such field", "descriptor");
                }
            }
        }
        if (!(definition.get("schema") instanceof StringValue schema)) {
            throw wrong("A definition has its schema as a string", "schema");
        }
        if (!(definition.get("mappings") instanceof Document mappings)) {
            throw wrong("A definition has its mappings as an object", "mappings");
        }
        return Api.of(new Definition(schema.value(), mappings, false), failures);
    }

    /** What answers by a definition; checked again only when it has changed. */
    Api api(Database database, String name) {
        Document definition = find(database, name);
        Key key = new Key(database.name(), name);
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known != null && known.definition.equals(definition)) {
                return known.api;
            }
        }
        Api api = check(definition);
        synchronized (kept) {
            kept.put(key, new Kept(definition, api));
        }
        return api;
    }

    private static Document find(Database database, String name) {
        Optional<Document> found = database.collection(COLLECTION).findOne(filter(name));
        return found.filter(StoredDefinitions::isEnabled)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.NO_SUCH_KEY,
                                        "There is no such GraphQL definition, or it is disabled",
                                        Map.of("database", database.name(), "name", name)));
    }

    private static boolean isEnabled(Document definition) {
        return !(definition.get("descriptor") instanceof Document descriptor)
                || !descriptor.get("enabled").equals(BooleanValue.FALSE);
    }

    private static SmilodonException wrong(String message, String field) {
        return new SmilodonException(ErrorCode.BAD_VALUE, message, Map.of("field", field))
                .at(Location.ROOT.child(field));
    }
}

package io.smilodon.rest.restheart;

import io.smilodon.database.Database;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.PredicateParser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The JSON schemas of a database: the documents of its collection {@code _schemas}, read when they
 * are wanted. One thread.
 */
public final class SchemaStore {

    private static final String ADDRESS = "http://schema-store/";
    private static final String ESCAPED = "_$";

    private final Database database;
    private final Map<Value, Optional<Document>> known = new HashMap<>();

    public SchemaStore(Database database) {
        this.database = database;
    }

    /** As if this schema were stored; empty for one that were not. */
    public SchemaStore with(Value id, Optional<Document> schema) {
        SchemaStore changed = new SchemaStore(database);
        changed.known.putAll(known);
        changed.known.put(id, schema);
        return changed;
    }

    /**
     * A validator for documents of a schema.
     *
     * @throws SmilodonException {@code NoSuchKey} if there is no such schema, {@code FailedToParse}
     *     if it has something that cannot be checked, at its place
     */
    public Document validator(Value id) {
        Document validator = Document.of("$jsonSchema", new SchemaTranslation(this).translate(id));
        PredicateParser.parse(validator);
        return validator;
    }

    Document schema(Value id) {
        return known.computeIfAbsent(id, this::read)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.NO_SUCH_KEY,
                                                "There is no such schema",
                                                Map.of("schema", id))
                                        .withHint("PUT it to " + Kind.SCHEMAS));
    }

    private Optional<Document> read(Value id) {
        return database.collection(Kind.SCHEMAS).findById(id).map(found -> shown(found.document()));
    }

    /** A schema as it is stored, as RESTHeart stores it: a document has no {@code $} in front. */
    public static Document stored(Document schema) {
        return (Document) renamed(schema, SchemaStore::escaped);
    }

    /** A schema as it was given. */
    public static Document shown(Document stored) {
        return (Document) renamed(stored, SchemaStore::unescaped);
    }

    private static String escaped(String name) {
        return name.startsWith("$") ? "_" + name : name;
    }

    private static String unescaped(String name) {
        return name.startsWith(ESCAPED) ? name.substring(1) : name;
    }

    private static Value renamed(Value value, UnaryOperator<String> naming) {
        return switch (value) {
            case Document document -> {
                DocumentBuilder renamed = Document.builder();
                document.forEach(
                        field ->
                                renamed.put(
                                        naming.apply(field.name()),
                                        renamed(field.value(), naming)));
                yield renamed.build();
            }
            case ArrayValue array ->
                    ArrayValue.of(
                            array.elements().stream()
                                    .map(element -> renamed(element, naming))
                                    .toList());
            default -> value;
        };
    }

    /** The schema that a reference names: an id, or an address of this store. */
    Document referenced(String reference, Location place) {
        String own = ADDRESS + database.name() + "/";
        String id = reference.startsWith(own) ? reference.substring(own.length()) : reference;
        if (id.contains("/")) {
            throw SchemaTranslation.wrong("A reference leads to this store only", place)
                    .withHint("the id of a schema, or " + own + "{id}");
        }
        return schema(ObjectId.isHex(id) ? ObjectId.ofHex(id) : Value.of(id));
    }
}

package io.smilodon.query.predicate.schema;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.List;

/**
 * A schema in MongoDB's part of JSON Schema draft 4, with {@code bsonType} for the types that JSON
 * lacks. Says whether a value satisfies it, and if not, why, in the form of MongoDB's {@code
 * errInfo.details}. Immutable and thread-safe; two are equal if they were written alike.
 *
 * <p>Source: json-schema.org, draft-fge-json-schema-validation-00; MongoDB's manual, "$jsonSchema"
 * and "Schema Validation".
 */
public final class JsonSchema {

    private static final List<String> ANNOTATIONS = List.of("title", "description");

    private final Document written;
    private final List<SchemaRule> rules;

    JsonSchema(Document written, List<SchemaRule> rules) {
        this.written = written;
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads a schema.
     *
     * @param location where it stands in the request
     * @throws SmilodonException 9 for unknown and unsupported keywords and for bad values, 14 for
     *     values of a wrong type, 2 for unknown types and empty lists of schemas
     */
    public static JsonSchema parse(Document schema, Location location) {
        return SchemaParser.parse(schema, SchemaPlace.root(location));
    }

    public Document written() {
        return written;
    }

    public boolean accepts(Value value) {
        for (SchemaRule rule : rules) {
            Steps.take();
            if (!rule.accepts(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Why a document does not satisfy the schema: {@code {operatorName: "$jsonSchema",
     * schemaRulesNotSatisfied: [...]}}. Only for documents that do not.
     */
    public Document explain(Document document) {
        boolean isForDocuments =
                rules.stream()
                        .filter(TypeRestriction.class::isInstance)
                        .allMatch(rule -> rule.accepts(document));
        if (!isForDocuments) {
            return Failure.of("$jsonSchema", written)
                    .put("reason", "expression always evaluates to false")
                    .build();
        }
        return annotated(Failure.of("$jsonSchema"))
                .put("schemaRulesNotSatisfied", failures(document))
                .build();
    }

    /** What is wrong with a value, by rule, in MongoDB's order of keywords. */
    ArrayValue failures(Value value) {
        return ArrayValue.of(
                rules.stream()
                        .filter(rule -> !rule.accepts(value))
                        .map(rule -> rule.failure(value))
                        .toList());
    }

    /** The same, under the name or number of this schema among others. */
    Document failure(String name, Value key, Value value) {
        return annotated(Document.builder().put(name, key)).put("details", failures(value)).build();
    }

    private DocumentBuilder annotated(DocumentBuilder failure) {
        for (String annotation : ANNOTATIONS) {
            Value text = written.get(annotation);
            if (text != Missing.INSTANCE) {
                failure.put(annotation, text);
            }
        }
        return failure;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonSchema that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        return written.toString();
    }
}

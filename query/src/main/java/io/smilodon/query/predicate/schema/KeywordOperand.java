package io.smilodon.query.predicate.schema;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.regex.RegexMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a keyword is given, and the checks that many of them share.
 *
 * @param keyword its name
 * @param schema the schema that it stands in
 * @param place the place of its value
 */
record KeywordOperand(String keyword, Document schema, SchemaPlace place) {

    Value value() {
        return schema.get(keyword);
    }

    /** The start of every text about the keyword. */
    String named(String rest) {
        return "$jsonSchema keyword '" + keyword + "' " + rest;
    }

    Document document() {
        if (value() instanceof Document document) {
            return document;
        }
        throw place.wrongType(named("must be an object"), value());
    }

    ArrayValue array() {
        if (value() instanceof ArrayValue array) {
            return array;
        }
        throw place.wrongType(named("must be an array"), value());
    }

    NumberValue number() {
        if (value() instanceof NumberValue number) {
            return number;
        }
        throw place.wrongType(named("must be a number"), value());
    }

    boolean flag() {
        if (value() instanceof BooleanValue flag) {
            return flag.value();
        }
        throw place.wrongType(named("must be a boolean"), value());
    }

    String text() {
        if (value() instanceof StringValue text) {
            return text.value();
        }
        throw place.wrongType(named("must be of type string"), value());
    }

    /** A whole number that is not negative. */
    CountLimit count() {
        if (!(value() instanceof NumberValue number)) {
            throw place.invalid(named("Expected a number"), Map.of("type", value().type().alias()));
        }
        if (!number.isIntegral()) {
            throw place.invalid(named("Expected an integer"), Map.of("actual", number.toDouble()));
        }
        if (number.toLong() < 0) {
            throw place.invalid(
                    named("Expected a non-negative number"), Map.of("actual", number.toLong()));
        }
        return new CountLimit(keyword, number);
    }

    /** The schema that the value is. */
    JsonSchema subschema() {
        return SchemaParser.parse(document(), place.nested());
    }

    /** The fields of the value, which must be schemas. */
    Map<String, JsonSchema> subschemasByName() {
        Map<String, JsonSchema> schemas = new LinkedHashMap<>();
        SchemaPlace inner = place.nested();
        for (Field field : document()) {
            schemas.put(field.name(), subschema(field.value(), inner.child(field.name())));
        }
        return schemas;
    }

    /** The elements of the value, which must be schemas. */
    List<JsonSchema> subschemas() {
        List<JsonSchema> schemas = new ArrayList<>();
        SchemaPlace inner = place.nested();
        for (Value element : array()) {
            schemas.add(subschema(element, inner.child(schemas.size())));
        }
        return schemas;
    }

    private JsonSchema subschema(Value value, SchemaPlace at) {
        if (value instanceof Document document) {
            return SchemaParser.parse(document, at);
        }
        throw at.wrongType(named("must hold objects only"), value);
    }

    /** Names, at least one and each once. */
    Set<String> names(Value list) {
        if (!(list instanceof ArrayValue array)) {
            throw place.wrongType(named("must be an array"), list);
        }
        Set<String> names = new LinkedHashSet<>();
        for (Value element : array) {
            place.count();
            if (!(element instanceof StringValue name)) {
                throw place.wrongType(named("must be an array of strings"), element);
            }
            if (!names.add(name.value())) {
                throw place.invalid(
                        named("array cannot contain duplicate values"),
                        Map.of("duplicate", name.value()));
            }
        }
        if (names.isEmpty()) {
            throw place.invalid(named("cannot be an empty array"));
        }
        return names;
    }

    RegexMatcher pattern(String pattern) {
        try {
            return RegexMatcher.compile(pattern, "");
        } catch (SmilodonException error) {
            throw place.located(error);
        }
    }
}

package io.smilodon.query.predicate.schema;

import io.smilodon.query.OperatorTable;
import java.util.Optional;

/** Every keyword of schemas, in the order in which MongoDB checks them: failures are listed so. */
final class Keywords {

    static final OperatorTable<Keyword> TABLE =
            OperatorTable.<Keyword>builder()
                    .add("pattern", ScalarKeywords::pattern)
                    .add("maxLength", ScalarKeywords::length)
                    .add("minLength", ScalarKeywords::length)
                    .add("multipleOf", ScalarKeywords::multipleOf)
                    .add("maximum", ScalarKeywords::maximum)
                    .add("exclusiveMaximum", ScalarKeywords::exclusiveMaximum)
                    .add("minimum", ScalarKeywords::minimum)
                    .add("exclusiveMinimum", ScalarKeywords::exclusiveMinimum)
                    .add("minItems", ArrayKeywords::count)
                    .add("maxItems", ArrayKeywords::count)
                    .add("uniqueItems", ArrayKeywords::uniqueItems)
                    .add("items", ArrayKeywords::items)
                    .add("additionalItems", ArrayKeywords::additionalItems)
                    .add("properties", ObjectKeywords::properties)
                    .add("patternProperties", ObjectKeywords::patternProperties)
                    .add("additionalProperties", ObjectKeywords::additionalProperties)
                    .add("required", ObjectKeywords::required)
                    .add("minProperties", ObjectKeywords::count)
                    .add("maxProperties", ObjectKeywords::count)
                    .add("dependencies", ObjectKeywords::dependencies)
                    .add("allOf", LogicKeywords::allOf)
                    .add("anyOf", LogicKeywords::anyOf)
                    .add("oneOf", LogicKeywords::oneOf)
                    .add("not", LogicKeywords::not)
                    .add("enum", LogicKeywords::values)
                    .add("bsonType", TypeKeywords::bsonType)
                    .add("type", TypeKeywords::type)
                    .add("title", Keywords::annotation)
                    .add("description", Keywords::annotation)
                    .add("$ref", Keywords::unsupported)
                    .add("$schema", Keywords::unsupported)
                    .add("default", Keywords::unsupported)
                    .add("definitions", Keywords::unsupported)
                    .add("format", Keywords::unsupported)
                    .add("id", Keywords::unsupported)
                    .build();

    private Keywords() {}

    private static Optional<SchemaRule> annotation(KeywordOperand operand) {
        operand.text();
        return Optional.empty();
    }

    /** Refused by MongoDB too. */
    private static Optional<SchemaRule> unsupported(KeywordOperand operand) {
        throw operand.place().invalid(operand.named("is not currently supported"));
    }
}

package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.Optional;

/** Keywords about arrays. */
final class ArrayKeywords {

    private ArrayKeywords() {}

    static Optional<SchemaRule> count(KeywordOperand operand) {
        return Optional.of(new ItemCount(operand.count()));
    }

    static Optional<SchemaRule> uniqueItems(KeywordOperand operand) {
        return operand.flag() ? Optional.of(new UniqueItems()) : Optional.empty();
    }

    static Optional<SchemaRule> items(KeywordOperand operand) {
        return switch (operand.value()) {
            case Document schema -> Optional.of(new EveryItem(operand.subschema()));
            case ArrayValue schemas -> Optional.of(new ItemsInOrder(operand.subschemas()));
            default ->
                    throw operand.place()
                            .wrongType(
                                    operand.named("must be an array or an object"),
                                    operand.value());
        };
    }

    /** Means nothing unless {@code items} is a list. */
    static Optional<SchemaRule> additionalItems(KeywordOperand operand) {
        Optional<JsonSchema> schema = ObjectKeywords.schemaOrFlag(operand);
        if (!(operand.schema().get("items") instanceof ArrayValue items)) {
            return Optional.empty();
        }
        if (schema.isPresent()) {
            return Optional.of(new AdditionalItems(items.size(), schema.get()));
        }
        return operand.flag() ? Optional.empty() : Optional.of(new NoAdditionalItems(items.size()));
    }
}

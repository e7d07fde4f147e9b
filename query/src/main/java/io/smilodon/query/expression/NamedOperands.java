package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The named parts that an operator takes, such as {@code {input: …, in: …}}, with MongoDB's code
 * for each way to get them wrong. Immutable.
 */
public final class NamedOperands {

    private final ErrorCode notDocument;
    private final ErrorCode unknownPart;
    private final Map<String, Optional<ErrorCode>> parts;

    private NamedOperands(
            ErrorCode notDocument, ErrorCode unknownPart, Map<String, Optional<ErrorCode>> parts) {
        this.notDocument = notDocument;
        this.unknownPart = unknownPart;
        this.parts = parts;
    }

    /** No parts yet; the codes for an operand that is no document, and for an unknown part. */
    public static NamedOperands of(ErrorCode notDocument, ErrorCode unknownPart) {
        return new NamedOperands(notDocument, unknownPart, Map.of());
    }

    public NamedOperands required(String name, ErrorCode missing) {
        return and(name, Optional.of(missing));
    }

    public NamedOperands optional(String name) {
        return and(name, Optional.empty());
    }

    private NamedOperands and(String name, Optional<ErrorCode> missing) {
        Map<String, Optional<ErrorCode>> more = new LinkedHashMap<>(parts);
        more.put(name, missing);
        return new NamedOperands(notDocument, unknownPart, more);
    }

    /** The operand as a document that has every required part and no unknown one. */
    public Document check(Value operand, ExpressionScope scope) {
        if (!(operand instanceof Document document)) {
            throw scope.error(
                    notDocument,
                    "The operator takes an object of named arguments",
                    Map.of(
                            "operator", scope.operator(),
                            "expected", parts.keySet(),
                            "actual", operand.type().alias()));
        }
        for (Field field : document) {
            if (!parts.containsKey(field.name())) {
                throw scope.child(field.name())
                        .error(
                                unknownPart,
                                "Unrecognized argument",
                                Map.of("operator", scope.operator(), "name", field.name()))
                        .withHint("known arguments: " + String.join(", ", parts.keySet()));
            }
        }
        requireAll(document, scope);
        return document;
    }

    private void requireAll(Document document, ExpressionScope scope) {
        for (Map.Entry<String, Optional<ErrorCode>> part : parts.entrySet()) {
            if (part.getValue().isPresent() && !document.has(part.getKey())) {
                throw scope.error(
                        part.getValue().get(),
                        "Missing argument",
                        Map.of("operator", scope.operator(), "name", part.getKey()));
            }
        }
    }
}

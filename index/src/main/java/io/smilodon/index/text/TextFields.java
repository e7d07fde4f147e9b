package io.smilodon.index.text;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Which texts of a document an index holds, each with its weight and its language. Immutable and
 * thread-safe.
 *
 * @param weights by path; fields of a wildcard that are not named weigh 1
 * @param isWildcard whether all texts are in it, wherever they are
 * @param language of documents that name none
 * @param overrideField in which documents, and documents in them, name theirs
 */
record TextFields(
        NavigableMap<String, Integer> weights,
        boolean isWildcard,
        TextLanguage language,
        String overrideField) {

    private static final ErrorCode OVERRIDE_TYPE = ErrorCode.location(17261);
    private static final ErrorCode OVERRIDE_UNKNOWN = ErrorCode.location(17262);

    /** What is done with a text. */
    interface Visitor {

        /**
         * Looks at one text.
         *
         * @return false if no more are wanted
         */
        boolean visit(String text, TextLanguage language, int weight);
    }

    /** Where the walk is: the path down to here, and the language. */
    private record Place(String path, TextLanguage language, boolean isInArray) {}

    /**
     * Where the fields of a document are.
     *
     * @param prefix of their paths: empty, or ending in a dot; a field may have the empty name
     */
    private record Inside(String prefix, TextLanguage language) {

        Inside(Place place) {
            this(place.path() + ".", place.language());
        }
    }

    /**
     * Hands over the texts of a document, in their order.
     *
     * @return false if the visitor has seen enough
     * @throws SmilodonException 17261 or 17262 if a document names its language wrongly
     */
    boolean forEach(Document document, Visitor visitor) {
        return walk(document, new Inside("", language), visitor);
    }

    /** Whether what changes at this path, or below it, may change a text or its language. */
    boolean mayChangeAt(FieldPath path) {
        boolean isLanguage = path.steps().contains(overrideField);
        return isWildcard
                || isLanguage
                || weights.keySet().stream().anyMatch(t -> FieldPath.parse(t).isInLineWith(path));
    }

    private boolean walk(Document document, Inside inside, Visitor visitor) {
        TextLanguage spoken = languageOf(document, inside.language());
        for (Field field : document) {
            boolean isLanguage = isWildcard && field.name().equals(overrideField);
            Place below = new Place(inside.prefix() + field.name(), spoken, false);
            if (!isLanguage && !visit(field.value(), below, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visit(Value value, Place place, Visitor visitor) {
        Optional<Integer> weight = Optional.ofNullable(weights.get(place.path()));
        return switch (value) {
            case StringValue text ->
                    weight.isEmpty() && !isWildcard
                            || visitor.visit(text.value(), place.language(), weight.orElse(1));
            case Document inner ->
                    !isWildcard && (weight.isPresent() || !leadsToText(place.path()))
                            || walk(inner, new Inside(place), visitor);
            case ArrayValue array ->
                    place.isInArray() && !isWildcard || visitElements(array, place, visitor);
            default -> true;
        };
    }

    private boolean visitElements(ArrayValue array, Place place, Visitor visitor) {
        if (!isWildcard && !weights.containsKey(place.path()) && !leadsToText(place.path())) {
            return true;
        }
        Place inside = new Place(place.path(), place.language(), true);
        for (Value element : array) {
            if (!visit(element, inside, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean leadsToText(String path) {
        String next = weights.ceilingKey(path + ".");
        return next != null && next.startsWith(path + ".");
    }

    private TextLanguage languageOf(Document document, TextLanguage otherwise) {
        return switch (document.get(overrideField)) {
            case Missing absent -> otherwise;
            case StringValue name ->
                    TextLanguage.named(name.value())
                            .orElseThrow(() -> unknownLanguage(name.value()));
            case Value other ->
                    throw new SmilodonException(
                            OVERRIDE_TYPE,
                            "found language override field in document with non-string type",
                            Map.of("field", overrideField, "type", other.type().alias()));
        };
    }

    private SmilodonException unknownLanguage(String name) {
        return new SmilodonException(
                        OVERRIDE_UNKNOWN,
                        "language override unsupported",
                        Map.of("field", overrideField, "language", name))
                .withHint("the languages are " + TextLanguage.names());
    }
}

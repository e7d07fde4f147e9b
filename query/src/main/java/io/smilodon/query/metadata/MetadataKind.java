package io.smilodon.query.metadata;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What may be known of a document besides its fields, by the names that {@code $meta} takes. */
public enum MetadataKind {
    /** The key of the index that led to the document, as a document. */
    INDEX_KEY("indexKey"),
    /** Where the document lies in its collection. */
    RECORD_ID("recordId"),
    /** What the document was sorted by, as an array. */
    SORT_KEY("sortKey"),
    /** How well it matches {@code $text}. */
    TEXT_SCORE("textScore"),
    /** How far it is from the place that {@code $geoNear} names. */
    GEO_NEAR_DISTANCE("geoNearDistance"),
    /** The place in it that this distance was measured to. */
    GEO_NEAR_POINT("geoNearPoint"),
    /** How well it matches {@code $search}. */
    SEARCH_SCORE("searchScore"),
    /** How that score came about. */
    SEARCH_SCORE_DETAILS("searchScoreDetails"),
    /** Where it matches {@code $search}. */
    SEARCH_HIGHLIGHTS("searchHighlights"),
    /** From where a later search goes on. */
    SEARCH_SEQUENCE_TOKEN("searchSequenceToken"),
    /** How near its vector is. */
    VECTOR_SEARCH_SCORE("vectorSearchScore"),
    /** The score of whatever stage gave it one last. */
    SCORE("score"),
    /** How that score came about. */
    SCORE_DETAILS("scoreDetails"),
    /** What is known of the whole result of a search: {@code $$SEARCH_META}. */
    SEARCH_META("$$SEARCH_META");

    private static final String OPERATOR = "$meta";

    private final String argument;

    MetadataKind(String argument) {
        this.argument = argument;
    }

    /** The name in {@code {$meta: <name>}}. */
    public String argument() {
        return argument;
    }

    public static Optional<MetadataKind> named(String argument) {
        return Arrays.stream(values()).filter(kind -> kind.argument.equals(argument)).findFirst();
    }

    /** Whether a sort may ask for it. */
    public boolean isSortable() {
        return switch (this) {
            case TEXT_SCORE, GEO_NEAR_DISTANCE, SEARCH_SCORE, VECTOR_SEARCH_SCORE, SCORE -> true;
            default -> false;
        };
    }

    /** Whether a sort by it has the lowest first: near places, but good matches. */
    public boolean isLowestFirst() {
        return this == GEO_NEAR_DISTANCE;
    }

    /** What to say where nobody knows it. */
    public SmilodonException unavailable() {
        return new SmilodonException(
                ErrorCode.location(40218),
                "query requires " + argument + " metadata, but it is not available",
                Map.of("argument", argument));
    }

    /** The fields of the projection that are this. */
    public List<String> fieldsOf(Document projection) {
        Document asked = Document.of(OPERATOR, new StringValue(argument));
        List<String> names = new ArrayList<>();
        for (Field field : projection) {
            if (field.value().equals(asked)) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** Whether it is asked for anywhere in the value. */
    public boolean isReadBy(Value written) {
        return hasAny(written, this::isOperand, text -> false, 0);
    }

    private boolean isOperand(Field field) {
        return field.name().equals(OPERATOR) && field.value().equals(new StringValue(argument));
    }

    /**
     * Whether {@code $meta} is written anywhere in the value. Also true of one that is a literal,
     * which costs time and changes nothing.
     */
    public static boolean isReadIn(Value written) {
        return hasAny(
                written,
                field -> field.name().equals(OPERATOR),
                text -> text.value().startsWith(SEARCH_META.argument),
                0);
    }

    /** Looks no deeper than a request may be nested, since it may not have been read yet. */
    private static boolean hasAny(
            Value written, Predicate<Field> fields, Predicate<StringValue> texts, int levels) {
        if (levels > Limits.NESTING_MAX) {
            return false;
        }
        return switch (written) {
            case Document document -> {
                for (Field field : document) {
                    if (fields.test(field) || hasAny(field.value(), fields, texts, levels + 1)) {
                        yield true;
                    }
                }
                yield false;
            }
            case ArrayValue array -> {
                for (Value element : array) {
                    if (hasAny(element, fields, texts, levels + 1)) {
                        yield true;
                    }
                }
                yield false;
            }
            case StringValue text -> texts.test(text);
            default -> false;
        };
    }
}

package io.smilodon.index.key;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.ValueText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The fields of an index and how they are indexed, such as <code>{a: 1, b: -1}</code> or <code>{a:
 * "hashed"}</code>.
 *
 * @param parts at least one, most significant first; users write up to {@value #PARTS_MAX}, and the
 *     entries of words and wildcards have one more; unmodifiable
 */
public record KeyPattern(List<KeyPart> parts) {

    /** MongoDB's limit on the fields of one index. */
    public static final int PARTS_MAX = 32;

    public KeyPattern {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no parts");
        }
    }

    public static KeyPattern of(KeyPart... parts) {
        return new KeyPattern(List.of(parts));
    }

    /**
     * Reads what a user wrote.
     *
     * @throws io.smilodon.engine.error.SmilodonException 67 for a pattern that no index can have,
     *     13103 for too many fields, 31303 for several hashed ones, 7246201 for several wildcards,
     *     7246204 for a wildcard above another field
     */
    public static KeyPattern parse(Document pattern, Location location) {
        return new KeyPatternParser(location).parse(pattern);
    }

    public int length() {
        return parts.size();
    }

    public KeyPart part(int index) {
        return parts.get(index);
    }

    /** The position of the part with exactly this path. */
    public OptionalInt indexOf(String dotted) {
        return IntStream.range(0, length())
                .filter(index -> part(index).path().dotted().equals(dotted))
                .findFirst();
    }

    /** Whether what changes at this path, or below it, may change the value of a part. */
    public boolean mayChangeAt(FieldPath path) {
        for (KeyPart part : parts) {
            if (part.path().isInLineWith(path)) {
                return true;
            }
        }
        return false;
    }

    /** The kind of its parts that is not by order: a pattern has one at most besides order. */
    public PartKind kind() {
        for (KeyPart part : parts) {
            if (part.kind() != PartKind.ORDERED) {
                return part.kind();
            }
        }
        return PartKind.ORDERED;
    }

    /** The position of the part that is a wildcard. */
    public OptionalInt wildcard() {
        return IntStream.range(0, length())
                .filter(index -> part(index).kind() == PartKind.WILDCARD)
                .findFirst();
    }

    /** The pattern with other parts in the place of one. */
    public KeyPattern with(int index, KeyPart... others) {
        List<KeyPart> changed = new ArrayList<>(parts);
        changed.remove(index);
        changed.addAll(index, List.of(others));
        return new KeyPattern(changed);
    }

    /** As users write it. */
    public Document toDocument() {
        DocumentBuilder builder = Document.builder();
        parts.forEach(part -> builder.put(part.path().dotted(), part.toValue()));
        return builder.build();
    }

    /** The name of an index that was given none: {@code a_1_b_-1}. */
    public String defaultName() {
        return parts.stream()
                .map(part -> part.path().dotted() + "_" + part.suffix())
                .collect(Collectors.joining("_"));
    }

    /** A key with the names of its fields, as error messages and explain show it. */
    public Document describe(IndexKey key) {
        DocumentBuilder builder = Document.builder();
        for (int index = 0; index < length(); index++) {
            builder.put(part(index).path().dotted(), key.value(index));
        }
        return builder.build();
    }

    /** The order of keys in an index of this pattern. */
    public Comparator<IndexKey> keyOrder() {
        return this::compare;
    }

    private int compare(IndexKey left, IndexKey right) {
        for (int index = 0; index < length(); index++) {
            int order = IndexKey.compareValues(left.value(index), right.value(index));
            if (order != 0) {
                return part(index).isDescending() ? -order : order;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return ValueText.of(toDocument());
    }
}

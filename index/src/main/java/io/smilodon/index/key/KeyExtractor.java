package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import java.util.List;

/**
 * Says which keys a document has in an index.
 *
 * <p>A path goes through documents by name. Where it meets an array, every element gives a key of
 * its own: the element itself at the end of the path, else what the rest of the path finds in it,
 * null if it is no document. That happens once per step: arrays inside arrays count as values. An
 * empty array gives undefined at the end of the path, null before it. A step that is a number reads
 * the array at that index, if it has one. Fields below the same array are taken together, element
 * by element; two different arrays in one key are an error. An absent field is null.
 *
 * <p>Immutable and thread-safe.
 */
public final class KeyExtractor implements DocumentKeys {

    private final KeyPattern pattern;
    private final boolean isSparse;
    private final Collation collation;
    private final MultikeyPaths scalarPaths;

    /** Makes an extractor of an index without a collation. */
    public KeyExtractor(KeyPattern pattern, boolean isSparse) {
        this(pattern, isSparse, Collation.SIMPLE);
    }

    /**
     * Makes an extractor.
     *
     * @param isSparse whether to leave out keys in which no field was found
     * @param collation if it is not simple, what stands for strings in keys is its keys of them
     */
    public KeyExtractor(KeyPattern pattern, boolean isSparse, Collation collation) {
        this.pattern = pattern;
        this.isSparse = isSparse;
        this.collation = collation;
        this.scalarPaths = MultikeyPaths.none(pattern.length());
    }

    /** The keys in an index that is not sparse and has no collation. */
    public static ExtractedKeys keys(KeyPattern pattern, Document document) {
        return new KeyExtractor(pattern, false).keys(document);
    }

    /**
     * The keys of the document.
     *
     * @throws io.smilodon.engine.error.SmilodonException 171 if two fields lead through different
     *     arrays, 16746 if a numeric step means both an index and a field, 161 for a collation of
     *     another version of ICU
     */
    @Override
    public ExtractedKeys keys(Document document) {
        Value[] values = new Value[pattern.length()];
        boolean isFound = false;
        for (int part = 0; part < values.length; part++) {
            Value value = endOfWalk(document, pattern.part(part).path().steps());
            if (value instanceof ArrayValue) {
                return new KeyWalk(pattern, isSparse, collation.order()).keys(document);
            }
            boolean isAbsent = value == Missing.INSTANCE;
            isFound |= !isAbsent;
            values[part] = collation.order().key(isAbsent ? NullValue.INSTANCE : value);
        }
        List<IndexKey> keys = isFound || !isSparse ? List.of(IndexKey.of(values)) : List.of();
        return new ExtractedKeys(keys, scalarPaths);
    }

    /** What is at the end of a path, or the array that it meets. */
    private static Value endOfWalk(Document document, List<String> steps) {
        Value value = document;
        int step = 0;
        while (step < steps.size() && value instanceof Document inner) {
            value = inner.get(steps.get(step));
            step++;
        }
        boolean isEnd = step == steps.size() || value instanceof ArrayValue;
        return isEnd ? value : Missing.INSTANCE;
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return pattern.mayChangeAt(path);
    }
}

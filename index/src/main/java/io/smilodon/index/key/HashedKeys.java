package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys of an index with a hashed field: one for each document, in which the {@link HashedKey}
 * stands for that field's value. Immutable and thread-safe.
 */
public final class HashedKeys implements DocumentKeys {

    private static final ErrorCode ARRAY = ErrorCode.location(16766);

    private final KeyPattern pattern;
    private final KeyExtractor values;

    /**
     * @param pattern with a hashed part
     * @param values what would be indexed without the hash
     */
    public HashedKeys(KeyPattern pattern, KeyExtractor values) {
        this.pattern = pattern;
        this.values = values;
    }

    /**
     * The key of the document.
     *
     * @throws SmilodonException 16766 if a field of the index is an array, or lies in one
     */
    @Override
    public ExtractedKeys keys(Document document) {
        ExtractedKeys plain = values.keys(document);
        for (int part = 0; part < pattern.length(); part++) {
            if (plain.multikeyPaths().isMultikey(part)) {
                throw new SmilodonException(
                                ARRAY,
                                "hashed indexes do not currently support array values",
                                Map.of("path", pattern.part(part).path()))
                        .withHint("use an index by value: it has a key for each element");
            }
        }
        List<IndexKey> hashed = plain.keys().stream().map(this::hashed).toList();
        return new ExtractedKeys(hashed, plain.multikeyPaths());
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return pattern.mayChangeAt(path);
    }

    private IndexKey hashed(IndexKey key) {
        List<Value> hashed = new ArrayList<>(key.values());
        for (int part = 0; part < pattern.length(); part++) {
            if (pattern.part(part).kind() == PartKind.HASHED) {
                hashed.set(part, new Int64Value(HashedKey.of(key.value(part))));
            }
        }
        return new IndexKey(hashed);
    }
}

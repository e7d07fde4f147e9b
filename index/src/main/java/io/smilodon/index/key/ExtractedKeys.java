package io.smilodon.index.key;

import java.util.List;

/**
 * What one document contributes to an index.
 *
 * @param keys its distinct keys in ascending order of values, whatever the pattern's directions,
 *     but for words, which are as in the document; none if a sparse index leaves the document out
 * @param multikeyPaths where the indexed paths met arrays
 * @param arrays which paths are arrays, for a wildcard index
 */
public record ExtractedKeys(List<IndexKey> keys, MultikeyPaths multikeyPaths, ArrayPaths arrays) {

    /** The keys in an index that knows its paths. */
    public ExtractedKeys(List<IndexKey> keys, MultikeyPaths multikeyPaths) {
        this(keys, multikeyPaths, ArrayPaths.NONE);
    }

    public ExtractedKeys {
        keys = List.copyOf(keys);
    }
}

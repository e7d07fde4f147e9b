package io.smilodon.index.key;

import java.util.List;

/**
 * What one document contributes to an index.
 *
 * @param keys its distinct keys in ascending order of values, whatever the pattern's directions;
 *     none if a sparse index leaves the document out
 * @param multikeyPaths where the indexed paths met arrays
 */
public record ExtractedKeys(List<IndexKey> keys, MultikeyPaths multikeyPaths) {

    public ExtractedKeys {
        keys = List.copyOf(keys);
    }
}

package io.smilodon.index.ordered;

import io.smilodon.index.key.IndexKey;

/**
 * One entry of an ordered index as it stands in the store.
 *
 * @param key the store's key
 * @param value the store's value
 * @param indexKey the values that it stands for
 * @param isCut whether they did not fit into the key
 */
record Entry(byte[] key, byte[] value, IndexKey indexKey, boolean isCut) {}

package io.smilodon.query.plan;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.query.predicate.Predicate;

/**
 * A filter that index keys decide, so that documents that fail it are not read.
 *
 * @param pattern names the values of a key
 * @param predicate tests of indexed paths only, see {@link #decides}
 */
public record KeyFilter(KeyPattern pattern, Predicate predicate) {

    /**
     * Whether the keys of the index decide the predicate: each path in it is a part that has never
     * met an array, and no test passes null, the key that absent fields share: that is always
     * checked on the document. Keys of a collation are not what tests ask about.
     */
    static boolean decides(IndexCandidate index, Predicate predicate) {
        if (index.traits().holdsCutKeys() || index.isCollated()) {
            return false;
        }
        return switch (predicate) {
            case Predicate.And and -> and.children().stream().allMatch(c -> decides(index, c));
            case Predicate.Or or -> or.children().stream().allMatch(c -> decides(index, c));
            case Predicate.Not not -> decides(index, not.child());
            case Predicate.At at -> decides(index, at);
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }

    private static boolean decides(IndexCandidate index, Predicate.At at) {
        int part = position(index.pattern(), at);
        return part >= 0
                && !index.isMultikey(part)
                && !at.test().test(Missing.INSTANCE)
                && !at.test().test(NullValue.INSTANCE);
    }

    public boolean matches(IndexKey key) {
        return matches(predicate, key);
    }

    private boolean matches(Predicate asked, IndexKey key) {
        return switch (asked) {
            case Predicate.And and -> and.children().stream().allMatch(c -> matches(c, key));
            case Predicate.Or or -> or.children().stream().anyMatch(c -> matches(c, key));
            case Predicate.Not not -> !matches(not.child(), key);
            case Predicate.At at -> at.test().test(key.value(position(pattern, at)));
            case Predicate.Computed computed ->
                    throw new AssertionError("keys do not decide " + computed);
            case Predicate.Whole whole -> throw new AssertionError("keys do not decide " + whole);
        };
    }

    private static int position(KeyPattern pattern, Predicate.At at) {
        for (int part = 0; part < pattern.length(); part++) {
            KeyPart candidate = pattern.part(part);
            if (candidate.kind().isByValue() && candidate.path().equals(at.path())) {
                return part;
            }
        }
        return -1;
    }
}

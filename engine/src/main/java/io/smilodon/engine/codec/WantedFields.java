package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.entry.KeyHead;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one document that paths begin with, as a tree by their names: found by the token of
 * the name, which tells nearly all others apart, then by its bytes. Immutable.
 */
final class WantedFields {

    /** What a set of them fits in. */
    static final int FIELDS_MAX = Long.SIZE;

    static final int NONE = -1;

    /** No document has so long a path; what is behind that many steps is not looked at. */
    private static final int STEPS_MAX = Limits.NESTING_MAX + 1;

    private static final byte[] NEVER = {};
    private static final WantedFields NOTHING = new WantedFields(Map.of(), List.of(), 0);

    private final Wanted[] fields;

    /** For each token the first field whose name begins with it. */
    private final byte[] first = new byte[256];

    /**
     * One field.
     *
     * @param name its name as it is stored; empty if it cannot be
     * @param head the first eight bytes of the name, what is behind it masked out
     * @param mask which bits those are
     * @param next another field whose name has the same token
     * @param ends which of the paths end here
     * @param below what paths look for inside it
     */
    record Wanted(byte[] name, long head, long mask, int next, int[] ends, WantedFields below) {

        Wanted(byte[] name, int next, int[] ends, WantedFields below) {
            this(name, KeyHead.of(name, 0), mask(name.length), next, ends, below);
        }

        private static long mask(int length) {
            return length >= Long.BYTES ? -1L : -1L << Byte.SIZE * (Long.BYTES - length);
        }

        /** Whether the name that begins with the same token is this one. */
        boolean isNamed(byte[] bytes, int from, int to) {
            // The token tells the length of names that are as short.
            return ((KeyHead.of(bytes, from) ^ head) & mask) == 0
                    && (name.length <= Long.BYTES
                            || Arrays.equals(bytes, from, to, name, 0, name.length));
        }
    }

    private WantedFields(Map<String, List<Integer>> paths, List<FieldPath> all, int step) {
        Arrays.fill(first, (byte) NONE);
        fields = new Wanted[paths.size()];
        int place = 0;
        for (Map.Entry<String, List<Integer>> field : paths.entrySet()) {
            add(place++, stored(field.getKey()), field.getValue(), new Paths(all, step + 1));
        }
    }

    /** Paths, of which so many steps are behind us. */
    private record Paths(List<FieldPath> all, int step) {

        boolean endsHere(int path) {
            return Math.min(all.get(path).length(), STEPS_MAX) == step;
        }

        WantedFields below(List<Integer> paths) {
            Map<String, List<Integer>> byName = new LinkedHashMap<>();
            for (int path : paths) {
                if (!endsHere(path)) {
                    String name = all.get(path).steps().get(step);
                    byName.computeIfAbsent(name, fresh -> new ArrayList<>()).add(path);
                }
            }
            return byName.isEmpty() ? NOTHING : new WantedFields(byName, all, step);
        }
    }

    static WantedFields of(List<FieldPath> paths) {
        List<Integer> all = new ArrayList<>();
        for (int path = 0; path < paths.size(); path++) {
            all.add(path);
        }
        return new Paths(paths, 0).below(all);
    }

    private void add(int place, byte[] name, List<Integer> paths, Paths all) {
        int next = NONE;
        if (name.length > 0) {
            next = first[name[0] & 0xFF];
            first[name[0] & 0xFF] = (byte) place;
        }
        int[] ends = paths.stream().filter(all::endsHere).mapToInt(Integer::intValue).toArray();
        fields[place] = new Wanted(name, next, ends, all.below(paths));
    }

    private static byte[] stored(String name) {
        try {
            return SmileWriter.name(name);
        } catch (SmilodonException unencodable) {
            return NEVER; // no document has it
        }
    }

    int count() {
        return fields.length;
    }

    Wanted field(int place) {
        return fields[place];
    }

    /** The first field whose name has the token; {@link #NONE} without one. */
    int first(int token) {
        return first[token];
    }
}

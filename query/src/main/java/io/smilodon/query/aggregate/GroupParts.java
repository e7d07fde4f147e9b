package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.ValueKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents whose groups had no room, in temporary files by the hash of their group: each group is
 * wholly in one of them. Not thread-safe; close it.
 */
final class GroupParts implements AutoCloseable {

    private static final int COUNT_BITS = 4;
    private static final int DEPTH_MAX = Integer.SIZE / COUNT_BITS;

    private final int depth;
    private final OperationContext operation;
    private final List<ScratchFile> files = new ArrayList<>();

    /**
     * @param depth how often the documents have been parted already
     */
    GroupParts(int depth, OperationContext operation) {
        this.depth = depth;
        this.operation = operation;
    }

    /**
     * Documents of some groups, in the order in which they came.
     *
     * @param depth how often they have been parted
     */
    record Part(ScratchFile file, int depth) implements AutoCloseable {

        Cursor open() {
            return new ScratchCursor(file);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Whether documents of one group can be told from those of others once more. */
    boolean isPossible() {
        return depth < DEPTH_MAX;
    }

    boolean isUsed() {
        return !files.isEmpty();
    }

    void add(ValueKey key, Document document) {
        while (files.size() < 1 << COUNT_BITS) {
            files.add(operation.scratchFile());
        }
        files.get(placeOf(key)).add(DocumentCodec.encode(document));
    }

    private int placeOf(ValueKey key) {
        int hash = key.hashCode() * 0x9e3779b9;
        int mixed = hash ^ hash >>> 15;
        return mixed >>> COUNT_BITS * depth & (1 << COUNT_BITS) - 1;
    }

    /** Hands the parts over that hold something. */
    List<Part> take() {
        List<Part> parts = new ArrayList<>();
        for (ScratchFile file : files) {
            file.rewind();
            if (file.left() > 0) {
                parts.add(new Part(file, depth + 1));
            } else {
                file.close();
            }
        }
        files.clear();
        return parts;
    }

    @Override
    public void close() {
        files.forEach(ScratchFile::close);
        files.clear();
    }
}

package io.smilodon.index.text.lucene;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;

/** Reads all files of a Lucene index and compares their checksums. */
final class Integrity {

    private Integrity() {}

    /**
     * Passes if every file is what was written.
     *
     * @param check asked before each segment
     * @throws IOException if one is not
     */
    static void require(DirectoryReader reader, Runnable check) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            check.run();
            ((CodecReader) leaf.reader()).checkIntegrity();
        }
    }

    /** What is wrong with what is searched now, which is told to who writes it, and given back. */
    static Optional<String> damage(LuceneFollower.Published base, Runnable check)
            throws IOException {
        try {
            require(base.reader(), check);
            return Optional.empty();
        } catch (IOException damaged) {
            base.onDamage().run();
            return Optional.of(text(damaged));
        } finally {
            base.reader().decRef();
        }
    }

    /** What is wrong with the last commit in files that nobody writes; nothing if there is none. */
    static Optional<String> damage(LuceneDirectory files, Runnable check) {
        try {
            if (DirectoryReader.indexExists(files)) {
                try (DirectoryReader reader = DirectoryReader.open(files)) {
                    require(reader, check);
                }
            }
            return Optional.empty();
        } catch (IOException damaged) {
            return Optional.of(text(damaged));
        }
    }

    private static String text(IOException damaged) {
        return "files cannot be read, and will be built anew: " + damaged.getMessage();
    }
}

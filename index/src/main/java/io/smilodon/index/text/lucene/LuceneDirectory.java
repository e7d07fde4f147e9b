package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.BufferedIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.SingleInstanceLockFactory;

/**
 * The files of one Lucene index, beside those of the store: their names begin with the number of
 * the index. The store's own lock keeps other processes out. Thread-safe as Lucene asks; writing
 * and syncing are for threads that nobody interrupts.
 */
final class LuceneDirectory extends BaseDirectory {

    static {
        LuceneLog.quieten(); // a directory comes before all else of Lucene's that would speak
    }

    private final StorageDirectory files;
    private final String prefix;
    private final AtomicLong temporaries = new AtomicLong();

    /** Files that were written and not yet made durable, by their names here. */
    private final Map<String, StorageFile> unsynced = new ConcurrentHashMap<>();

    LuceneDirectory(StorageDirectory files, int indexId) {
        super(new SingleInstanceLockFactory());
        this.files = files;
        this.prefix = LuceneFiles.prefix(indexId);
    }

    @Override
    public String[] listAll() throws IOException {
        return files.list().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toArray(String[]::new);
    }

    @Override
    public void deleteFile(String name) throws IOException {
        StorageFile open = unsynced.remove(name);
        if (open != null) {
            open.close();
        }
        try {
            files.delete(prefix + name);
        } catch (FileNotFoundException absent) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public long fileLength(String name) throws IOException {
        try (StorageFile file = files.open(prefix + name)) {
            return file.length();
        }
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        StorageFile file = files.create(prefix + name);
        unsynced.put(name, file);
        return FileOutput.of(name, file);
    }

    @Override
    public IndexOutput createTempOutput(String start, String suffix, IOContext context)
            throws IOException {
        return createOutput(getTempFileName(start, suffix, temporaries.getAndIncrement()), context);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        for (String name : names) {
            StorageFile file = unsynced.get(name);
            if (file != null) {
                file.sync();
                unsynced.remove(name);
                file.close();
            }
        }
    }

    @Override
    public void syncMetaData() throws IOException {
        files.sync();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.rename(prefix + from, prefix + to);
        StorageFile file = unsynced.remove(from);
        if (file != null) {
            unsynced.put(to, file);
        }
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        return new FileInput(
                name, files.open(prefix + name), BufferedIndexInput.bufferSize(context));
    }

    @Override
    public Set<String> getPendingDeletions() {
        return Set.of();
    }

    /** Deletes all files, whatever they hold. */
    void deleteAll() throws IOException {
        for (String name : listAll()) {
            deleteFile(name);
        }
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        for (StorageFile file : unsynced.values()) {
            file.close();
        }
        unsynced.clear();
    }
}

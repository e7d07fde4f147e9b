package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.MemoryHolder;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents that are read several times, one reader after the other: in memory, or in a temporary
 * file once they do not fit. Not thread-safe; close it.
 */
final class DocumentSpool implements MemoryHolder, AutoCloseable {

    private final OperationContext operation;
    private final MemoryAccount memory;
    private final List<Document> documents = new ArrayList<>();
    private Optional<ScratchFile> file = Optional.empty();

    /** How many documents the present reader has read. */
    private int readCount;

    /** Whether it is read, and nothing added any more. */
    private boolean isComplete;

    /**
     * @param stage the name of the stage, for the error
     */
    DocumentSpool(String stage, OperationContext operation) {
        this.operation = operation;
        this.memory = new MemoryAccount(stage, operation);
        operation.addHolder(this);
    }

    /** Reads on from the file once the documents have gone there. */
    private final class Reader implements Cursor {

        private Document current = Document.EMPTY;

        @Override
        public boolean advance() {
            Steps.take();
            if (file.isPresent()) {
                Optional<byte[]> next = file.get().next();
                next.ifPresent(bytes -> current = DocumentCodec.decode(bytes));
                return next.isPresent();
            }
            if (readCount == documents.size()) {
                return false;
            }
            current = documents.get(readCount++);
            return true;
        }

        @Override
        public Document current() {
            return current;
        }

        @Override
        public void close() {
            // The documents may be read once more.
        }
    }

    void add(Document document) {
        if (file.isEmpty()) {
            memory.reserve(MemorySize.of(document)); // whereupon there may be a file
        }
        if (file.isPresent()) {
            memory.close();
            file.get().add(DocumentCodec.encode(document));
        } else {
            documents.add(document);
        }
    }

    @Override
    public void giveUpMemory() {
        if (file.isPresent() || memory.bytes() < BYTES_MIN) {
            return;
        }
        ScratchFile fresh = operation.scratchFile();
        file = Optional.of(fresh);
        for (Document document : documents) {
            operation.checkAlive();
            fresh.add(DocumentCodec.encode(document));
        }
        documents.clear();
        memory.close();
        if (isComplete) {
            fresh.rewind();
            for (int i = 0; i < readCount; i++) {
                fresh.next();
            }
        }
    }

    /** All of them, from the first on; whoever read before reads no more, and none is added. */
    Cursor open() {
        isComplete = true;
        readCount = 0;
        file.ifPresent(ScratchFile::rewind);
        return new Reader();
    }

    @Override
    public void close() {
        operation.removeHolder(this);
        documents.clear();
        memory.close();
        file.ifPresent(ScratchFile::close);
        file = Optional.empty();
    }
}

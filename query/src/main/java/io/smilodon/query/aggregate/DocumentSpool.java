package io.smilodon.query.aggregate;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents that are read several times, one reader after the other: in memory, or in a temporary
 * file once they do not fit. Not thread-safe; close it.
 */
final class DocumentSpool implements AutoCloseable {

    /** Less than that is not worth a file: others hold the memory. */
    private static final long FILE_BYTES_MIN = 1 << 20;

    private final OperationContext operation;
    private final MemoryAccount memory;
    private final List<Document> documents = new ArrayList<>();
    private Optional<ScratchFile> file = Optional.empty();

    /**
     * @param stage the name of the stage, for the error
     */
    DocumentSpool(String stage, OperationContext operation) {
        this.operation = operation;
        this.memory = new MemoryAccount(stage, operation);
    }

    void add(Document document) {
        long size = MemorySize.of(document);
        if (file.isEmpty() && !memory.tryReserve(size)) {
            if (memory.bytes() < FILE_BYTES_MIN || !operation.allowsDiskUse()) {
                memory.reserve(size);
            }
            spill();
        }
        if (file.isPresent()) {
            file.get().add(DocumentCodec.encode(document));
        } else {
            documents.add(document);
        }
    }

    private void spill() {
        ScratchFile fresh = ScratchFile.create();
        file = Optional.of(fresh);
        for (Document document : documents) {
            operation.checkAlive();
            fresh.add(DocumentCodec.encode(document));
        }
        documents.clear();
        memory.close();
    }

    /** All of them, from the first on; whoever read before reads no more. */
    Cursor open() {
        if (file.isEmpty()) {
            return new DocumentsCursor(documents);
        }
        file.get().rewind();
        return new ScratchCursor(file.get());
    }

    @Override
    public void close() {
        documents.clear();
        memory.close();
        file.ifPresent(ScratchFile::close);
        file = Optional.empty();
    }
}

package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.StatementChunks;
import io.smilodon.database.WriteError;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The writes of a command as statements that share transactions.
 *
 * @param invocation the command
 * @param isOrdered whether to stop at the first failure instead of trying the rest
 */
record ChunkedWrites(Invocation invocation, List<Write> writes, boolean isOrdered)
        implements StatementChunks.Statements<WriteResult> {

    private static final WriteResult INSERTED =
            new WriteResult.Done(new WriteOutcome(1, 0, Optional.empty()));

    @Override
    public int count() {
        return writes.size();
    }

    @Override
    public Namespace namespace(int position) {
        return writes.get(position).collection().namespace();
    }

    @Override
    public boolean isMany(int position) {
        return writes.get(position).isMany();
    }

    @Override
    public Optional<StatementChunks.Insertion<WriteResult>> insertion(
            int position, Function<Namespace, DocumentCollection> collections) {
        if (!(writes.get(position) instanceof Write.Insert insert)) {
            return Optional.empty();
        }
        DocumentCollection shared = collections.apply(insert.collection().namespace());
        return Optional.of(
                new StatementChunks.Insertion<>(
                        invocation.bypassing(shared), insert.document(), id -> INSERTED));
    }

    @Override
    public WriteResult run(int position, Function<Namespace, DocumentCollection> collections) {
        Write write = writes.get(position);
        DocumentCollection shared = collections.apply(write.collection().namespace());
        return new WriteResult.Done(write.in(invocation.bypassing(shared)).carryOut());
    }

    @Override
    public WriteResult alone(int position) {
        return new WriteResult.Done(writes.get(position).carryOut());
    }

    @Override
    public WriteResult failed(int position, SmilodonException failure) {
        boolean isInsert = writes.get(position) instanceof Write.Insert;
        return new WriteResult.Failed(
                isInsert // says what it says among many that are inserted without chunks
                        ? CommandFailure.ofWrite(WriteError.of(position, failure))
                        : CommandFailure.ofWrite(position, failure));
    }
}

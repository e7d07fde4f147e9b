package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.StatementChunks;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.function.Function;

/**
 * The writes of a command as statements that share transactions.
 *
 * @param invocation the command
 * @param isOrdered whether to stop at the first failure instead of trying the rest
 */
record ChunkedWrites(Invocation invocation, List<Write> writes, boolean isOrdered)
        implements StatementChunks.Statements<WriteResult> {

    @Override
    public int count() {
        return writes.size();
    }

    @Override
    public boolean isMany(int position) {
        return writes.get(position).isMany();
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
        return new WriteResult.Failed(CommandFailure.ofWrite(position, failure));
    }
}

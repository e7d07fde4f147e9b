package io.smilodon.engine.manifest;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Corruption;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.log.Frame;
import io.smilodon.engine.log.FrameStamp;
import io.smilodon.engine.log.FrameType;
import io.smilodon.engine.log.LogReader;
import io.smilodon.engine.log.LogWriter;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.ManifestChange.NumbersTaken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The file that says which files are live: edits in the frames of {@link LogWriter}, numbered from
 * 1, each durable before anything relies on it. The first holds the whole state. The file is
 * replaced at each opening and when it grows large: written under another name, synced, renamed
 * over the old one, directory synced. So one name is the pointer, and there is always one whole
 * manifest under it.
 *
 * <p>A bad last edit without a later one had not been synced, hence nothing relied on it. If it had
 * been, and is damaged, then what it replaced is missing or what it named is unknown, and recovery
 * sees that.
 *
 * <p>Thread-safe; only threads that are never interrupted may call it. While somebody holds its
 * monitor nobody else takes numbers or appends.
 */
public final class Manifest implements AutoCloseable {

    public static final String NAME = "MANIFEST";
    public static final String TEMPORARY_NAME = "MANIFEST.tmp";

    private static final long FILE_BYTES_MAX = 1 << 20;

    private final StorageDirectory directory;
    private final long databaseId;
    private final LongSupplier random;
    private final Poison poison;
    private volatile ManifestState state;
    private long nextNumber;
    private LogWriter writer;
    private long nextEdit;

    private Manifest(
            StorageDirectory directory, Contents contents, LongSupplier random, Poison poison) {
        this.directory = directory;
        this.databaseId = contents.databaseId();
        this.state = contents.state();
        this.nextNumber = state.nextNumber();
        this.random = random;
        this.poison = poison;
    }

    /**
     * What a manifest says.
     *
     * @param databaseId the random id of the database
     * @param state what is live
     */
    public record Contents(long databaseId, ManifestState state) {}

    /** Reads the manifest, if there is one. */
    public static Optional<Contents> read(StorageDirectory directory) throws IOException {
        Optional<Prefix> prefix = readPrefix(directory, changes -> {});
        if (prefix.isPresent() && prefix.get().damage().isPresent()) {
            throw prefix.get().damage().get();
        }
        return prefix.map(Prefix::contents);
    }

    /**
     * A manifest up to its first bad edit.
     *
     * @param contents what it says up to there
     * @param damage what is wrong with that edit; empty if it is only the torn end
     */
    record Prefix(Contents contents, Optional<SmilodonException> damage) {}

    /**
     * Reads the manifest, if there is one, as far as that is possible.
     *
     * @param onEdit is told of each good edit
     * @throws SmilodonException if not even the first is good
     */
    static Optional<Prefix> readPrefix(
            StorageDirectory directory, Consumer<List<ManifestChange>> onEdit) throws IOException {
        if (!directory.list().contains(NAME)) {
            return Optional.empty();
        }
        try (StorageFile file = directory.open(NAME)) {
            FileHeader header = FileHeader.read(file, NAME, FileKind.MANIFEST);
            LogReader reader = new LogReader(file, header.salt());
            ManifestState state = ManifestState.EMPTY;
            long edit = 1;
            Optional<Frame> frame = reader.next(edit);
            if (frame.isEmpty()) {
                throw Corruption.atLsn(NAME, reader.position(), edit, "a damaged first edit");
            }
            while (frame.isPresent()) {
                List<ManifestChange> changes = decode(frame.get(), reader.position());
                onEdit.accept(changes);
                state = state.after(changes);
                edit++;
                frame = reader.next(edit);
            }
            Contents contents = new Contents(header.databaseId(), state);
            return Optional.of(new Prefix(contents, damage(reader, edit)));
        }
    }

    private static List<ManifestChange> decode(Frame frame, long end) {
        try {
            return ManifestCodec.decode(frame.payload());
        } catch (MalformedBytesException malformed) {
            throw Corruption.atLsn(NAME, end, frame.lsn(), malformed.getMessage());
        }
    }

    private static Optional<SmilodonException> damage(LogReader reader, long badEdit)
            throws IOException {
        return reader.proofAfter(badEdit)
                .map(
                        proof ->
                                Corruption.atLsn(
                                        NAME,
                                        reader.position(),
                                        badEdit,
                                        "a damaged edit with a later one after it"));
    }

    /** Starts a new manifest file with this state in place of what there was. */
    public static Manifest start(
            StorageDirectory directory, Contents contents, LongSupplier random, Poison poison)
            throws IOException {
        Manifest manifest = new Manifest(directory, contents, random, poison);
        manifest.replaceFile();
        return manifest;
    }

    private void replaceFile() throws IOException {
        if (directory.list().contains(TEMPORARY_NAME)) {
            directory.delete(TEMPORARY_NAME);
            Failpoint.hit("manifest.oldTemporaryDeleted");
        }
        FileHeader header = new FileHeader(FileKind.MANIFEST, databaseId, 0, random.getAsLong());
        StorageFile file = directory.create(TEMPORARY_NAME);
        try {
            Failpoint.hit("manifest.replacementCreated");
            LogWriter replacement = LogWriter.start(file, header, 0);
            Failpoint.hit("manifest.replacementStarted");
            ByteBuffer whole = ByteBuffer.wrap(ManifestCodec.encode(state.asChanges()));
            replacement.append(FrameType.COMMIT, new FrameStamp(1, 0, 0), whole);
            replacement.flush();
            Failpoint.hit("manifest.replacementWritten");
            replacement.sync();
            Failpoint.hit("manifest.replacementSynced");
            replacement.markGood();
            switchTo(replacement);
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /** From the renaming on a failure leaves open which of the two files a recovery will find. */
    private void switchTo(LogWriter replacement) throws IOException {
        poison.sync(
                () -> {
                    directory.rename(TEMPORARY_NAME, NAME);
                    Failpoint.hit("manifest.renamed");
                    directory.sync();
                    Failpoint.hit("manifest.renameSynced");
                });
        Optional<LogWriter> replaced = Optional.ofNullable(writer);
        writer = replacement;
        nextEdit = 2;
        Failpoint.pass("manifest.switched");
        if (replaced.isPresent()) {
            replaced.get().close();
        }
    }

    /**
     * Makes changes, all together, durably. If that fails cleanly nothing has changed; if its
     * outcome is unknown the store is poisoned.
     */
    public synchronized void append(List<ManifestChange> changes) throws IOException {
        requireWritable();
        List<ManifestChange> edit = new ArrayList<>(changes);
        edit.add(new NumbersTaken(nextNumber));
        if (writer.position() > FILE_BYTES_MAX) {
            replaceFile();
        }
        Failpoint.hit("manifest.beforeEdit");
        write(ByteBuffer.wrap(ManifestCodec.encode(edit)));
        Failpoint.pass("manifest.editWritten");
        poison.sync(writer::sync);
        Failpoint.pass("manifest.editSynced");
        writer.markGood();
        nextEdit++;
        state = state.after(edit);
    }

    private void requireWritable() throws IOException {
        if (poison.isTripped()) {
            throw new IOException("writing has stopped", poison.refusal().orElseThrow());
        }
    }

    private void write(ByteBuffer edit) throws IOException {
        try {
            writer.append(FrameType.COMMIT, new FrameStamp(nextEdit, nextEdit - 1, 0), edit);
            Failpoint.hit("manifest.editGathered");
            writer.flush();
            Failpoint.hit("manifest.editFlushed");
        } catch (IOException failure) {
            try {
                Failpoint.hit("manifest.beforeAbandon");
                writer.abandon();
                Failpoint.pass("manifest.abandoned");
            } catch (IOException uncertain) {
                failure.addSuppressed(uncertain);
                poison.trip(failure);
            }
            throw failure;
        }
    }

    /** The header of a new file, with a number never used before. */
    public synchronized FileHeader newFile(FileKind kind) {
        return new FileHeader(kind, databaseId, nextNumber++, random.getAsLong());
    }

    /** The header that a file of this database must have. */
    public FileHeader expectedHeader(FileKind kind, long number, long salt) {
        return new FileHeader(kind, databaseId, number, salt);
    }

    public long databaseId() {
        return databaseId;
    }

    /** What is live; does not wait for an edit that is under way. */
    public ManifestState state() {
        return state;
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}

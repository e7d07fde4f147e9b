package io.smilodon.engine.torture;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.log.FrameMap;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Replays;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.ByteFiles;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What is on disk after some commits whose process died, and one of its logs to be damaged. Not
 * thread-safe.
 */
final class LogImage {

    /** Zeroes that are kept behind the last frame. */
    private static final int REST_BYTES = 300;

    private final Script script;
    private final NumberedCommits commits;
    private final DiskImage image;
    private final ByteFiles files;
    private final Manifest.Contents contents;
    private final LogFile target;
    private final byte[] log;
    private final List<FrameMap.Place> frames;
    private final List<Integer> batches;

    private LogImage(Script script, NumberedCommits commits, DiskImage image, Random random)
            throws IOException {
        this.script = script;
        this.commits = commits;
        this.image = image;
        this.files = ByteFiles.of(image);
        this.contents = Manifest.read(files).orElseThrow();
        List<LogFile> logs = List.copyOf(contents.state().logs().values());
        this.target =
                logs.get(random.nextInt(4) == 0 ? random.nextInt(logs.size()) : logs.size() - 1);
        byte[] whole = files.bytes(target.name());
        this.frames = FrameMap.of(whole, target.firstLsn());
        int end = frames.isEmpty() ? FileHeader.BYTES : frames.get(frames.size() - 1).end();
        this.log = Arrays.copyOf(whole, Math.min(whole.length, end + REST_BYTES));
        files.put(target.name(), log);
        this.batches = Replays.batches(files, contents);
    }

    static LogImage of(long seed) throws IOException {
        Random random = new Random(seed);
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(
                                random.nextBoolean()
                                        ? SyncMode.SYNC
                                        : SyncMode.values()[random.nextInt(3)])
                        .withSyncIntervalMillis(10)
                        .withLogFileBytesMax(random.nextBoolean() ? 3_000 : 24_000);
        Script script =
                new Script(
                        0,
                        options.log().syncMode(),
                        1,
                        10 + random.nextInt(60),
                        0,
                        0,
                        random.nextBoolean() ? 6 : 0,
                        0,
                        options,
                        new SeededStores.Tuning(
                                seed, random.nextBoolean() ? 0 : Long.MAX_VALUE, 400));
        NumberedCommits commits = new NumberedCommits(script);
        FaultyDirectory directory = new FaultyDirectory();
        DiskImage image;
        try (EmbeddedStore store = SeededStores.open(directory, options, script.tuning())) {
            for (int number = 1; number <= script.commits(); number++) {
                commits.commit(store, number);
                commits.append(number);
            }
            DiskState state = directory.state();
            image = state.image(change -> true);
        }
        return new LogImage(script, commits, image, random);
    }

    byte[] log() {
        return log;
    }

    List<FrameMap.Place> frames() {
        return frames;
    }

    LogVerdict verdict() {
        return new LogVerdict(
                log, frames, contents.state().durableLsn(), target.seal().isPresent());
    }

    /** The hash of each batch of all logs. */
    List<Integer> batches() {
        return batches;
    }

    /** How many commits all logs have if this one keeps so many; a sealed one keeps all. */
    int kept(int commits) {
        int here = (int) frames.stream().filter(FrameMap.Place::endsBatch).count();
        return target.seal().isPresent() ? batches.size() : batches.size() - here + commits;
    }

    /** Reads the logs with another content of this one. */
    List<Integer> replay(byte[] damaged) throws IOException {
        files.put(target.name(), damaged);
        return Replays.batches(files, contents);
    }

    DiskImage with(byte[] damaged) {
        return image.with(target.name(), damaged);
    }

    /** Opens the whole engine and says how many commits it has. */
    int open(byte[] damaged) {
        try (EmbeddedStore store =
                SeededStores.open(with(damaged).toDirectory(), script.options(), script.tuning())) {
            return commits.rankOf(store);
        }
    }

    String name() {
        return target.name();
    }
}

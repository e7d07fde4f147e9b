package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.FrameMap;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.testing.ByteFiles;
import io.smilodon.engine.testing.DiskImage;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A5m: every bit of a manifest is flipped; it is cut, and replaced by an earlier or another one.
 * Either nothing is missing, or opening fails and a salvage has everything.
 */
final class ManifestDamageSuite implements Suite {

    private static final Facts FACTS = new Facts("A5m", "Damaged manifests", "damages", 300_000, 6);

    private static final int CUTS = 60;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws IOException {
        Damaged damaged = new Damaged(round);
        byte[] manifest = damaged.manifest;
        for (byte[] earlier : damaged.earlier) {
            damaged.open(earlier, "an earlier manifest");
        }
        for (int count = 0; count < CUTS; count++) {
            int length = round.random().nextInt(manifest.length);
            damaged.open(Arrays.copyOf(manifest, length), "cut at " + length);
        }
        for (FrameMap.Place edit : damaged.edits) {
            damaged.open(Arrays.copyOf(manifest, edit.start()), "cut before " + edit.lsn());
        }
        int last = damaged.edits.get(damaged.edits.size() - 1).start();
        for (long bit = 0; bit < 8L * manifest.length && !round.isOver(); bit++) {
            byte[] bad = LogDamages.flipped(manifest, bit);
            if (bit / 8 < last) {
                damaged.requireRefused(bad, "bit " + bit);
            } else {
                damaged.open(bad, "bit " + bit);
            }
        }
    }

    /** An image and its manifest. */
    private static final class Damaged {

        private final Round round;
        private final Script script;
        private final NumberedCommits commits;
        private final DiskImage image;
        private final ByteFiles files;
        private final byte[] manifest;
        private final List<FrameMap.Place> edits;
        private final List<byte[]> earlier = new ArrayList<>();

        Damaged(Round round) throws IOException {
            this.round = round;
            Random random = round.random();
            int number = random.nextInt(Script.COUNT / 2) * 2;
            this.script = Script.of(number, round.seed()).alone();
            this.commits = new NumberedCommits(script);
            this.image = run();
            this.files = ByteFiles.of(image);
            this.manifest = files.bytes(Manifest.NAME);
            this.edits = FrameMap.of(manifest, 1);
        }

        private DiskImage run() throws IOException {
            FaultyDirectory directory = new FaultyDirectory();
            try (EmbeddedStore store = open(directory)) {
                for (int number = 1; number <= script.commits(); number++) {
                    commits.commit(store, number);
                    commits.append(number);
                    earlier.add(directory.bytes(Manifest.NAME));
                    if (number == script.commits() * 2 / 3) {
                        store.checkpoint(); // what comes after it is only in logs
                    }
                }
                DiskState state = directory.state();
                return state.image(change -> true);
            }
        }

        private EmbeddedStore open(FaultyDirectory directory) {
            return SeededStores.open(directory, script.options(), script.tuning());
        }

        void requireRefused(byte[] bad, String what) throws IOException {
            files.put(Manifest.NAME, bad);
            try {
                Manifest.read(files);
            } catch (SmilodonException refused) {
                requireCorruption(refused, what);
                round.count(1);
                return;
            }
            throw new StateFailure(
                    what, image.with(Manifest.NAME, bad), new AssertionError("not detected"));
        }

        private static void requireCorruption(SmilodonException refused, String what) {
            if (!refused.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)) {
                throw new AssertionError(what + ": reported as " + refused.details(), refused);
            }
        }

        private void requireSalvaged(DiskImage damaged, String what) throws IOException {
            try {
                commits.requireSalvaged(damaged.toDirectory());
                round.count("salvaged whole", 1);
            } catch (RuntimeException | AssertionError failure) {
                throw new StateFailure("salvage, " + what, damaged, failure);
            }
        }

        void open(byte[] bad, String what) throws IOException {
            DiskImage damaged = image.with(Manifest.NAME, bad);
            round.count(1);
            round.count("opened whole", 1);
            int found;
            try (EmbeddedStore store = open(damaged.toDirectory())) {
                found = commits.rankOf(store);
            } catch (SmilodonException refused) {
                requireCorruption(refused, what);
                requireSalvaged(damaged, what);
                return;
            } catch (RuntimeException | AssertionError failure) {
                throw new StateFailure(what, damaged, failure);
            }
            if (found != script.commits()) {
                throw new StateFailure(
                        what,
                        damaged,
                        new AssertionError(found + " of " + script.commits() + " commits"));
            }
        }
    }
}

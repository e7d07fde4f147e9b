package io.smilodon.bench.work;

import io.smilodon.bench.corpus.People;
import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.corpus.Question;
import io.smilodon.bench.corpus.SplitMix;
import io.smilodon.bench.corpus.ZipfTable;
import io.smilodon.bench.peer.Peer;
import io.smilodon.bench.peer.PeerSettings;
import io.smilodon.bench.peer.PeerTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One peer in one worker process: its databases, one of which is open at a time, and the random
 * choices of the workloads, the same for every peer.
 */
public final class Session implements AutoCloseable {

    static final long SEED = 20_260;

    private static final int SPARE = 4_096;
    private static final int QUESTIONS = 1_024;
    private static final double ZIPF = 0.99;

    private final SessionSettings settings;
    private final People people = new People(SEED);
    private final SplitMix random = new SplitMix(SEED);
    private final Person[] spares = new Person[SPARE];
    private final AtomicInteger nextId = new AtomicInteger();
    private final AtomicInteger nextDurableId = new AtomicInteger();
    private final List<Question> questions = new ArrayList<>(QUESTIONS);
    private ZipfTable popularity;
    private Optional<Peer> open = Optional.empty();
    private Path openDirectory = Path.of("");

    public Session(SessionSettings settings) {
        this.settings = settings;
        for (int spare = 0; spare < SPARE; spare++) {
            spares[spare] = people.at(-2 - spare);
        }
        SplitMix asking = new SplitMix(SEED + 1);
        for (int question = 0; question < QUESTIONS; question++) {
            questions.add(Question.of(people, settings.documents(), asking));
        }
        nextId.set(settings.documents());
    }

    /** What queries ask for; the same for every peer. */
    List<Question> questions() {
        return questions;
    }

    People people() {
        return people;
    }

    int documents() {
        return settings.documents();
    }

    SplitMix random() {
        return random;
    }

    /** An id as YCSB chooses it: few are popular, and those lie anywhere. */
    int popularId() {
        long rank = popularRank();
        return (int) (((rank * 0x9e3779b97f4a7c15L) >>> 33) % settings.documents());
    }

    int popularRank() {
        if (popularity == null) {
            popularity = new ZipfTable(settings.documents(), ZIPF);
        }
        return popularity.next(random);
    }

    /** A document that is not there yet, with the next id. */
    Person newcomer() {
        int id = nextId.getAndIncrement();
        return spares[id % SPARE].renumbered(id);
    }

    Person durableNewcomer() {
        int id = nextDurableId.getAndIncrement();
        return spares[id % SPARE].renumbered(id);
    }

    int lastId() {
        return nextId.get() - 1;
    }

    /** An empty database in the place of the loaded one, or of the one with indexes. */
    Peer fresh(boolean isIndexed) throws Exception {
        close();
        Path directory = isIndexed ? settings.indexed() : settings.loaded();
        Directories.delete(directory);
        nextId.set(settings.documents());
        Peer peer = open(directory, false);
        if (isIndexed) {
            peer.queries().createIndexes();
        }
        return peer;
    }

    /** Loads all documents into an empty database and does not flush. */
    public void fill() throws Exception {
        BulkLoad.write(this, fresh(false));
    }

    /** Loads all documents into an empty database, and flushes them. */
    public void reload() throws Exception {
        BulkLoad.fill(this, fresh(false));
    }

    /** The database with all documents; loaded now if it is missing. */
    public Peer loaded() throws Exception {
        return filled(settings.loaded(), false);
    }

    /** The same with six indexes. */
    Peer indexed() throws Exception {
        return filled(settings.indexed(), true);
    }

    private Peer filled(Path directory, boolean isIndexed) throws Exception {
        if (openDirectory.equals(directory)) {
            return open.orElseThrow();
        }
        if (!Files.exists(directory)) {
            Peer peer = fresh(isIndexed);
            BulkLoad.fill(this, peer);
            return peer;
        }
        close();
        return open(directory, false);
    }

    /** The database for durable inserts. */
    Peer durable() throws Exception {
        if (openDirectory.equals(settings.durable())) {
            return open.orElseThrow();
        }
        close();
        Directories.delete(settings.durable());
        return open(settings.durable(), true);
    }

    private Peer open(Path directory, boolean isDurable) throws Exception {
        Files.createDirectories(directory);
        Peer peer =
                PeerTable.opener(settings.peer())
                        .open(
                                new PeerSettings(
                                        directory, isDurable, settings.cacheMegabytes(), false));
        open = Optional.of(peer);
        openDirectory = directory;
        return peer;
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
        open = Optional.empty();
        openDirectory = Path.of("");
    }
}

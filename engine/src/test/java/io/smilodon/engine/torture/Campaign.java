package io.smilodon.engine.torture;

import io.smilodon.engine.mutant.MutantSuite;
import io.smilodon.engine.mutant.Mutants;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Runs suites in turn, so that all reach their goals together, on three threads (one of them mostly
 * waits for other processes), until the time is up; writes what came of it. The program behind
 * {@code ./torture}.
 */
public final class Campaign {

    private static final int WORKERS = 3;
    private static final double SHARES_MAX = 2;
    private static final long PROGRESS_MILLIS = 10_000;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long HANG_NANOS = TimeUnit.MINUTES.toNanos(4);

    private static final int USAGE_STATUS = 2;

    private final CampaignOptions options;
    private final List<SuiteProgress> suites = new ArrayList<>();
    private final FailureStore failures;
    private final long start = System.nanoTime();
    private double earlierSeconds;

    private Campaign(CampaignOptions options) {
        this.options = options;
        this.failures = new FailureStore(options.home(), options.regressions());
        options.suites().forEach(suite -> suites.add(new SuiteProgress(suite, options.effort())));
    }

    /** The suites of the engine alone. */
    public static void main(String[] arguments) throws Exception {
        List<Suite> suites = new ArrayList<>(Suites.ALL);
        suites.add(new MutantSuite(Campaign.class.getName(), Mutants.ALL));
        main(arguments, suites);
    }

    /** Runs some of these suites, as the arguments say, and ends the process. */
    public static void main(String[] arguments, List<Suite> suites) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(CampaignOptions.USAGE);
            suites.forEach(
                    suite ->
                            System.out.printf(
                                    "  %-4s %s%n", suite.facts().name(), suite.facts().title()));
            return;
        }
        CampaignOptions options = options(arguments, suites);
        boolean isGood;
        if (options.repro().isPresent()) {
            isGood = reproduce(options.repro().get(), options, suites);
        } else if (options.huntSeconds() > 0) {
            isGood = Hunt.findsNothing(options.suites().get(0), options.huntSeconds());
        } else {
            isGood = new Campaign(options).run();
        }
        System.exit(isGood ? 0 : options.huntSeconds() > 0 ? Hunt.FOUND_STATUS : 1);
    }

    private static CampaignOptions options(String[] arguments, List<Suite> suites) {
        try {
            return CampaignOptions.parse(arguments, suites);
        } catch (IllegalArgumentException mistake) {
            System.err.print("torture: " + mistake.getMessage() + "\n\n" + CampaignOptions.USAGE);
            System.exit(USAGE_STATUS);
            throw mistake;
        }
    }

    private static boolean reproduce(String place, CampaignOptions options, List<Suite> suites)
            throws Exception {
        String[] parts = place.split(":");
        Suite suite = Suites.named(parts[0], suites).orElseThrow();
        Tally tally = new Tally();
        try {
            suite.run(new Round(Long.parseLong(parts[1]), options.nanos(), tally));
            System.out.println(place + " passed: " + tally.all());
            return true;
        } catch (Exception | AssertionError failure) {
            System.out.println(
                    new FailureStore(options.home(), options.regressions())
                            .keep(suite.facts().name(), Long.parseLong(parts[1]), failure));
            return false;
        }
    }

    private boolean run() throws IOException, InterruptedException {
        Files.createDirectories(options.home());
        if (options.resumes()) {
            load();
        }
        List<Worker> workers = new ArrayList<>();
        for (int index = 0; index < WORKERS; index++) {
            workers.add(started(index));
        }
        while (workers.stream().anyMatch(Worker::isAlive)) {
            awaitOne(workers);
            replaceHanging(workers);
            save();
            System.out.println(CampaignReport.line(suites, elapsedSeconds()));
        }
        save();
        String report = CampaignReport.page(suites, options, earlierSeconds + elapsedSeconds());
        Files.writeString(options.home().resolve("report.md"), report);
        System.out.println(report);
        return suites.stream().allMatch(suite -> suite.failures().isEmpty());
    }

    private static void awaitOne(List<Worker> workers) throws InterruptedException {
        for (Worker worker : workers) {
            if (worker.isAlive()) {
                worker.join(Duration.ofMillis(PROGRESS_MILLIS));
                return;
            }
        }
    }

    private double urgency(SuiteProgress suite) {
        int sum = suites.stream().mapToInt(each -> each.suite().facts().weight()).sum();
        double all = WORKERS * (earlierSeconds + options.nanos() / 1e9);
        return suite.urgency(SHARES_MAX * all * suite.suite().facts().weight() / sum);
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private Worker started(int number) {
        Worker worker = new Worker(number);
        worker.start();
        return worker;
    }

    private void replaceHanging(List<Worker> workers) throws IOException {
        for (int index = 0; index < workers.size(); index++) {
            Worker worker = workers.get(index);
            if (worker.isAlive() && worker.isHanging()) {
                worker.abandon();
                workers.set(index, started(index));
            }
        }
    }

    /** One of the threads that run rounds. */
    private final class Worker extends Thread {

        private volatile long roundStart = System.nanoTime();
        private volatile String place = "";
        private volatile SuiteProgress running;
        private volatile boolean isAbandoned;

        Worker(int number) {
            super("torture-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            long end = start + options.nanos();
            while (!isAbandoned && System.nanoTime() - end < 0) {
                SuiteProgress next;
                long index;
                synchronized (suites) {
                    next =
                            suites.stream()
                                    .min(Comparator.comparingDouble(Campaign.this::urgency))
                                    .orElseThrow();
                    index = next.begin();
                }
                running = next;
                round(next, index, Math.min(ROUND_NANOS, end - System.nanoTime()));
            }
        }

        private void round(SuiteProgress progress, long index, long nanos) {
            String name = progress.suite().facts().name();
            long seed = progress.suite().seed(options.seed(), index);
            roundStart = System.nanoTime();
            place = name + ':' + seed;
            try {
                progress.suite().run(new Round(seed, nanos, progress.tally()));
            } catch (SuiteSkipped skipped) {
                progress.skip(skipped.getMessage());
                System.out.println(name + " SKIPPED, it needs " + skipped.getMessage());
            } catch (Exception | AssertionError | StackOverflowError failure) {
                if (!isAbandoned) {
                    String text = failures.keep(name, seed, failure);
                    progress.failed(text);
                    System.out.println("FAILED " + text);
                }
            } finally {
                progress.end(System.nanoTime() - roundStart);
            }
        }

        boolean isHanging() {
            return System.nanoTime() - roundStart > HANG_NANOS;
        }

        void abandon() {
            isAbandoned = true;
            String text = failures.keepHang(place);
            running.failed(text);
            System.out.println("FAILED " + text);
        }
    }

    private Path stateFile() {
        return options.home().resolve("state.properties");
    }

    private void load() throws IOException {
        Properties state = new Properties();
        if (Files.exists(stateFile())) {
            try (Reader reader = Files.newBufferedReader(stateFile())) {
                state.load(reader);
            }
        }
        suites.forEach(suite -> suite.load(state));
        earlierSeconds = Double.parseDouble(state.getProperty("seconds", "0"));
    }

    private void save() throws IOException {
        Properties state = new Properties();
        suites.forEach(suite -> suite.save(state));
        state.setProperty("seconds", Double.toString(earlierSeconds + elapsedSeconds()));
        Path next = options.home().resolve("state.next");
        try (Writer writer = Files.newBufferedWriter(next)) {
            state.store(writer, "torture");
        }
        Files.move(next, stateFile(), StandardCopyOption.REPLACE_EXISTING);
    }
}

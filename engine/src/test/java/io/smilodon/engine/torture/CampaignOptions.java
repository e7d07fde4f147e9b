package io.smilodon.engine.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What {@code ./torture} was told.
 *
 * @param nanos how long the campaign runs
 * @param seed from which all seeds follow
 * @param suites which to run
 * @param resumes whether earlier numbers are added to
 * @param effort factor of all goals
 * @param repro one round of one suite instead of a campaign: name and seed
 * @param huntSeconds how long to look for one failure and then stop; 0 for a campaign
 * @param home where state, report and failures are written
 * @param regressions the file to which failing seeds are added
 */
record CampaignOptions(
        long nanos,
        long seed,
        List<Suite> suites,
        boolean resumes,
        double effort,
        Optional<String> repro,
        long huntSeconds,
        Path home,
        Path regressions) {

    private static final long DEFAULT_MINUTES = 80;

    static final String USAGE =
            """
            torture [--hours N] [--minutes M] [--seed S|auto] [--suite A3,...]
                    [--effort E] [--resume]
            torture --repro SUITE:SEED
            torture --hunt SECONDS --suite SUITE

            Runs suites until all reach their goals together: 80 minutes if no time is given,
            the goals times E. A failure is told with its suite and seed: --repro runs it again.
            --resume goes on where the last run ended. --hunt runs one suite until it fails,
            or until the SECONDS are over.
            """;

    /**
     * @throws IllegalArgumentException if there is no such option, or its value is none
     */
    static CampaignOptions parse(String[] arguments, List<Suite> all) {
        Parsed parsed = new Parsed(all);
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            try {
                parsed.take(word, words);
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException(word + " takes a number");
            } catch (NoSuchElementException missing) {
                throw new IllegalArgumentException(word + " takes a value");
            }
        }
        return parsed.options();
    }

    private static final class Parsed {

        private double minutes;
        private long seed = System.nanoTime();
        private final List<Suite> all;
        private List<Suite> suites;
        private boolean resumes;
        private double effort = 1;
        private Optional<String> repro = Optional.empty();
        private Path home = Path.of("torture-work");
        private Path regressions = Path.of("engine/src/test/resources/regression-seeds.txt");
        private long huntSeconds;

        Parsed(List<Suite> all) {
            this.all = all;
            this.suites = all;
        }

        void take(String word, Iterator<String> rest) {
            switch (word) {
                case "--hours" -> minutes += 60 * Double.parseDouble(rest.next());
                case "--minutes" -> minutes += Double.parseDouble(rest.next());
                case "--seed" -> seed(rest.next());
                case "--suite" -> suites = suites(rest.next());
                case "--effort" -> effort = Double.parseDouble(rest.next());
                case "--resume" -> resumes = true;
                case "--hunt" -> huntSeconds = Long.parseLong(rest.next());
                case "--repro" -> repro = Optional.of(rest.next());
                case "--home" -> home = Path.of(rest.next());
                case "--regressions" -> regressions = Path.of(rest.next());
                default -> throw new IllegalArgumentException("no option " + word);
            }
        }

        private void seed(String text) {
            seed = text.equals("auto") ? seed : Long.parseLong(text);
        }

        private List<Suite> suites(String names) {
            List<Suite> found = new ArrayList<>();
            for (String name : names.split(",")) {
                found.add(
                        Suites.named(name, all)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("no suite " + name)));
            }
            return found;
        }

        CampaignOptions options() {
            double length = minutes > 0 ? minutes : DEFAULT_MINUTES * effort;
            long nanos = (long) (length * TimeUnit.MINUTES.toNanos(1));
            return new CampaignOptions(
                    nanos, seed, suites, resumes, effort, repro, huntSeconds, home, regressions);
        }
    }
}

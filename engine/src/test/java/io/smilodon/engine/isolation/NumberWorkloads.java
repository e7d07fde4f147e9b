package io.smilodon.engine.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Workloads whose law is a number. */
final class NumberWorkloads {

    private NumberWorkloads() {}

    private static int number(Engine.Work work, String key) {
        return work.get(key).map(Integer::valueOf).orElse(0);
    }

    /** A transaction with numbered steps, and the number it came to. */
    private abstract static class Counted extends Program {

        private int done;
        private int seen = -1;

        @Override
        final boolean step(Engine.Work work) {
            return step(work, done++);
        }

        abstract boolean step(Engine.Work work, int number);

        final void saw(int value) {
            seen = value;
        }

        final boolean hasSeen() {
            return seen >= 0 && isCommitted();
        }
    }

    private static List<Finding> wrong(
            List<Program> run, Predicate<Counted> isWrong, Anomaly anomaly) {
        List<Finding> findings = new ArrayList<>();
        for (Program program : run) {
            if (program instanceof Counted counted && counted.hasSeen() && isWrong.test(counted)) {
                findings.add(new Finding(anomaly, "saw " + counted.seen));
            }
        }
        return findings;
    }

    private static Program once(Consumer<Engine.Work> action) {
        return new Counted() {
            @Override
            boolean step(Engine.Work work, int number) {
                action.accept(work);
                return false;
            }
        };
    }

    /** Money that moves between accounts: the total never changes. */
    static final class Bank implements Workload {

        private static final int ACCOUNTS = 8;
        private static final int TOTAL = 10 * ACCOUNTS;

        private static String account(int number) {
            return "account" + number;
        }

        @Override
        public Program first() {
            return once(
                    work -> {
                        for (int number = 0; number < ACCOUNTS; number++) {
                            work.put(account(number), "10");
                        }
                    });
        }

        @Override
        public Program next(Random random) {
            return random.nextInt(3) == 0
                    ? total()
                    : transfer(random.nextInt(ACCOUNTS), 1 + random.nextInt(ACCOUNTS - 1));
        }

        private static Program transfer(int from, int distance) {
            String source = account(from);
            String target = account((from + distance) % ACCOUNTS);
            return new Counted() {
                private int left;
                private int right;

                @Override
                boolean step(Engine.Work work, int number) {
                    switch (number) {
                        case 0 -> left = number(work, source);
                        case 1 -> right = number(work, target);
                        case 2 -> work.put(source, "" + (left - 1));
                        default -> work.put(target, "" + (right + 1));
                    }
                    return number < 3;
                }
            };
        }

        private static Program total() {
            return new Counted() {
                private int sum;

                @Override
                boolean step(Engine.Work work, int number) {
                    sum += number(work, account(number));
                    if (number == ACCOUNTS - 1) {
                        saw(Math.abs(sum - TOTAL));
                    }
                    return number < ACCOUNTS - 1;
                }
            };
        }

        @Override
        public Program last() {
            return total();
        }

        @Override
        public List<Finding> check(List<Program> run) {
            return wrong(run, total -> total.seen != 0, Anomaly.G_SINGLE);
        }
    }

    /** Doctors who leave only if another stays: in each pair one is always on call. */
    static final class Doctors implements Workload {

        private static final int PAIRS = 4;

        private static String doctor(int pair, int which) {
            return "doctor" + pair + "." + which;
        }

        @Override
        public Program first() {
            return once(work -> {});
        }

        @Override
        public Program next(Random random) {
            int pair = random.nextInt(PAIRS);
            int self = random.nextInt(2);
            boolean isBack = random.nextInt(3) == 0;
            return new Counted() {
                private int away;

                @Override
                boolean step(Engine.Work work, int number) {
                    switch (number) {
                        case 0 -> away = number(work, doctor(pair, 0));
                        case 1 -> {
                            away += number(work, doctor(pair, 1));
                            saw(away);
                        }
                        default -> {
                            if (isBack) {
                                work.put(doctor(pair, self), "0");
                            } else if (away == 0) {
                                work.put(doctor(pair, self), "1");
                            }
                        }
                    }
                    return number < 2;
                }
            };
        }

        @Override
        public Program last() {
            return new Counted() {
                @Override
                boolean step(Engine.Work work, int pair) {
                    int away = number(work, doctor(pair, 0)) + number(work, doctor(pair, 1));
                    saw(Math.max(((Counted) this).seen, away));
                    return pair < PAIRS - 1;
                }
            };
        }

        @Override
        public List<Finding> check(List<Program> run) {
            return wrong(run, pair -> pair.seen > 1, Anomaly.G2_ITEM);
        }
    }

    /** Rows that may be inserted while their sum stays below a limit. */
    static final class Sums implements Workload {

        private static final int GROUPS = 6;
        private static final int LIMIT = 10;

        private final AtomicInteger rows = new AtomicInteger();

        private static String group(int number) {
            return "group" + number + ".";
        }

        private static int sum(Engine.Work work, int group) {
            return work.scan(group(group)).values().stream().mapToInt(Integer::parseInt).sum();
        }

        @Override
        public Program first() {
            return once(work -> {});
        }

        @Override
        public Program next(Random random) {
            int group = random.nextInt(GROUPS);
            int amount = 1 + random.nextInt(4);
            String row = group(group) + rows.incrementAndGet();
            return new Counted() {
                private int sum;

                @Override
                boolean step(Engine.Work work, int number) {
                    if (number == 0) {
                        sum = sum(work, group);
                        saw(sum);
                    } else if (sum + amount <= LIMIT) {
                        work.put(row, "" + amount);
                    } else if (random.nextInt(2) == 0) {
                        work.scan(group(group)).keySet().forEach(old -> work.put(old, "0"));
                    }
                    return number < 1;
                }
            };
        }

        @Override
        public Program last() {
            return new Counted() {
                @Override
                boolean step(Engine.Work work, int group) {
                    saw(Math.max(((Counted) this).seen, sum(work, group)));
                    return group < GROUPS - 1;
                }
            };
        }

        @Override
        public List<Finding> check(List<Program> run) {
            return wrong(run, group -> group.seen > LIMIT, Anomaly.PHANTOM);
        }
    }

    /** Counters that many increment: each increment counts once. */
    static final class Counters implements Workload {

        private static final int COUNTERS = 3;

        @Override
        public Program first() {
            return once(work -> {});
        }

        @Override
        public Program next(Random random) {
            String key = "counter" + random.nextInt(COUNTERS);
            return new Increment(key);
        }

        private static final class Increment extends Counted {

            private final String key;
            private int before;

            Increment(String key) {
                this.key = key;
            }

            @Override
            boolean step(Engine.Work work, int number) {
                if (number == 0) {
                    before = number(work, key);
                } else {
                    work.put(key, "" + (before + 1));
                }
                return number < 1;
            }
        }

        @Override
        public Program last() {
            return new Counted() {
                private int sum;

                @Override
                boolean step(Engine.Work work, int counter) {
                    sum += number(work, "counter" + counter);
                    saw(sum);
                    return counter < COUNTERS - 1;
                }
            };
        }

        @Override
        public List<Finding> check(List<Program> run) {
            long least =
                    run.stream()
                            .filter(one -> one instanceof Increment && one.isCommitted())
                            .count();
            long most =
                    least
                            + run.stream()
                                    .filter(one -> one instanceof Increment)
                                    .filter(one -> one.status() == Status.UNKNOWN)
                                    .count();
            return wrong(
                    run.subList(run.size() - 1, run.size()),
                    total -> total.seen < least || total.seen > most,
                    Anomaly.LOST_UPDATE);
        }
    }
}

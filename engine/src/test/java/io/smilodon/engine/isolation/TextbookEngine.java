package io.smilodon.engine.isolation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A database as in a textbook: all versions of each key in a map. It keeps exactly the level it is
 * made for, unless it commits a {@link Sin}. Not thread-safe: transactions take turns.
 */
final class TextbookEngine implements Engine {

    private static final int LAG = 12;

    private final Level level;
    private final Set<Sin> sins;
    private final NavigableMap<String, List<Version>> versions = new TreeMap<>();
    private final List<TextbookWork> active = new ArrayList<>();
    private long newest;
    private long visible;
    private long begun;

    TextbookEngine(Level level, Set<Sin> sins) {
        this.level = level;
        this.sins = sins;
    }

    private record Version(long sequence, long site, String value) {}

    private boolean has(Sin sin) {
        return sins.contains(sin);
    }

    @Override
    public Work begin() {
        TextbookWork work = new TextbookWork(begun++);
        active.add(work);
        return work;
    }

    /** Whether a key got a version after a commit, as far as the engine looks. */
    private boolean isChanged(String key, long after) {
        List<Version> all = versions.getOrDefault(key, List.of());
        long upTo = has(Sin.ONLY_VISIBLE_CONFLICTS) ? visible : newest;
        return all.stream()
                .anyMatch(version -> version.sequence() > after && version.sequence() <= upTo);
    }

    private final class TextbookWork implements Work {

        private final long number;
        private final long snapshot;
        private final NavigableMap<String, String> writes = new TreeMap<>();
        private final NavigableMap<String, String> appends = new TreeMap<>();
        private final Set<String> presentReads = new HashSet<>();
        private final Set<String> absentReads = new HashSet<>();
        private final Set<String> rangeReads = new HashSet<>();
        private List<String> toWrite;
        private long sequence;
        private boolean isQueued;

        TextbookWork(long number) {
            this.number = number;
            long lag = has(Sin.STALE_SNAPSHOTS) && number % 3 == 0 ? LAG : 0;
            this.snapshot = Math.max(0, visible - lag);
        }

        private long site() {
            return number % 2;
        }

        private boolean sees(Version version) {
            if (has(Sin.TWO_SITES) && version.sequence() > 1) {
                long known = version.site() == site() ? snapshot : snapshot - LAG;
                return version.sequence() <= known;
            }
            boolean isMoving = level == Level.READ_COMMITTED || has(Sin.MOVING_SNAPSHOT);
            return version.sequence() <= (isMoving ? visible : snapshot);
        }

        private Optional<String> stored(String key) {
            Optional<String> found = Optional.empty();
            for (Version version : versions.getOrDefault(key, List.of())) {
                if (sees(version)) {
                    found = Optional.of(version.value());
                }
            }
            if (level == Level.READ_UNCOMMITTED || has(Sin.DIRTY_READS)) {
                for (TextbookWork other : active) {
                    if (other != this && other.knows(key)) {
                        found = Optional.of(other.applied(key, found));
                    }
                }
            }
            return found;
        }

        private boolean knows(String key) {
            return writes.containsKey(key) || appends.containsKey(key);
        }

        private String applied(String key, Optional<String> base) {
            Optional<String> start = Optional.ofNullable(writes.get(key)).or(() -> base);
            String added = appends.get(key);
            if (added == null) {
                return start.orElse("");
            }
            return start.map(list -> list + "," + added).orElse(added);
        }

        @Override
        public Optional<String> get(String key) {
            Optional<String> stored = stored(key);
            (stored.isPresent() ? presentReads : absentReads).add(key);
            boolean isOwn = knows(key) && !has(Sin.BLIND_TO_OWN_WRITES);
            return isOwn ? Optional.of(applied(key, stored)) : stored;
        }

        @Override
        public NavigableMap<String, String> scan(String prefix) {
            NavigableMap<String, String> found = new TreeMap<>();
            Set<String> keys = new HashSet<>(versions.keySet());
            keys.addAll(writes.keySet());
            keys.removeIf(key -> !key.startsWith(prefix));
            keys.forEach(key -> get(key).ifPresent(value -> found.put(key, value)));
            absentReads.removeAll(keys);
            rangeReads.add(prefix);
            return found;
        }

        @Override
        public void put(String key, String value) {
            requireLock(key);
            writes.put(key, value);
        }

        /** Below snapshot isolation an append is one step of the engine, and needs no read. */
        @Override
        public void append(String key, int element) {
            requireLock(key);
            if (level.compareTo(Level.SNAPSHOT) >= 0) {
                Work.super.append(key, element);
            } else {
                appends.merge(key, "" + element, (list, more) -> list + "," + more);
            }
        }

        /** At the lowest level writes are in place, so that writers must lock. */
        private void requireLock(String key) {
            boolean isLocked =
                    level == Level.READ_UNCOMMITTED
                            && active.stream().anyMatch(other -> other != this && other.knows(key));
            if (isLocked) {
                throw new RefusedException(key);
            }
        }

        @Override
        public boolean commit() {
            if (toWrite == null) {
                prepare();
            }
            if (has(Sin.ONLY_VISIBLE_CONFLICTS) && !isQueued) {
                isQueued = true;
                return false; // the next call makes it visible
            }
            boolean isTorn = has(Sin.TORN_COMMITS) && toWrite.size() > 1;
            visible = isTorn ? visible : Math.max(visible, sequence);
            if (isTorn) {
                write(toWrite.remove(0), visible);
                return false;
            }
            toWrite.forEach(key -> write(key, sequence));
            toWrite = List.of();
            visible = Math.max(visible, sequence);
            active.remove(this);
            return true;
        }

        private void prepare() {
            requireNoConflict();
            toWrite = new ArrayList<>(writes.keySet());
            appends.keySet().stream().filter(key -> !writes.containsKey(key)).forEach(toWrite::add);
            if (!toWrite.isEmpty()) {
                sequence = ++newest;
            }
            if (has(Sin.LOST_COMMITS) && number % 11 == 5) {
                toWrite = new ArrayList<>();
            }
            if (has(Sin.ONLY_VISIBLE_CONFLICTS)) {
                toWrite.forEach(key -> write(key, sequence));
                toWrite = new ArrayList<>();
            }
        }

        private void write(String key, long at) {
            List<Version> all = versions.computeIfAbsent(key, ignored -> new ArrayList<>());
            Optional<String> base =
                    all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).value());
            String value = applied(key, base);
            boolean isTwice = has(Sin.APPLIED_TWICE) && number % 13 == 6 && value.contains(",");
            String last = value.substring(value.lastIndexOf(',') + 1);
            all.add(new Version(at, site(), isTwice ? value + "," + last : value));
        }

        private void requireNoConflict() {
            if (level.compareTo(Level.SNAPSHOT) < 0) {
                return;
            }
            Set<String> checked = new HashSet<>();
            if (!has(Sin.NO_CONFLICT_CHECK)) {
                checked.addAll(writes.keySet());
            }
            if (level == Level.SERIALIZABLE && !writes.isEmpty() && !has(Sin.NO_READ_CHECK)) {
                checked.addAll(presentReads);
                if (!has(Sin.NO_ABSENCE_CHECK)) {
                    checked.addAll(absentReads);
                }
                versions.keySet().stream()
                        .filter(key -> rangeReads.stream().anyMatch(key::startsWith))
                        .filter(key -> !has(Sin.NO_RANGE_CHECK))
                        .forEach(checked::add);
            }
            if (checked.stream().anyMatch(key -> isChanged(key, snapshot))) {
                throw new RefusedException("conflict");
            }
        }

        @Override
        public void close() {
            if (active.remove(this) && has(Sin.LOST_ABORTS) && number % 4 == 0) {
                sequence = ++newest;
                Set<String> all = new HashSet<>(writes.keySet());
                all.addAll(appends.keySet());
                all.forEach(key -> write(key, sequence));
                visible = Math.max(visible, sequence);
            }
        }
    }
}

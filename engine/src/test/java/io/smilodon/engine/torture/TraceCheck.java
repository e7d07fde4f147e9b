package io.smilodon.engine.torture;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The protocol of files, as a trace of system calls shows it: nothing is acknowledged before its
 * bytes and the entry of its log are synced; what is renamed has been synced, and the directory is
 * synced next; nothing is written to a file that is sealed; no log is deleted while the edit of the
 * manifest that gives it up is not synced. Immutable.
 */
record TraceCheck(String directory, List<SystemCall> calls) {

    private static final String ACKNOWLEDGED =
            "\"" + TracedProgram.ACKNOWLEDGED + "(commit[0-9.]+;)";
    private static final Pattern ACKNOWLEDGEMENT = Pattern.compile(ACKNOWLEDGED);
    private static final Pattern COMMIT = Pattern.compile("commit[0-9.]+;");

    /**
     * Checks everything.
     *
     * @return how many acknowledgements there were
     * @throws AssertionError at the first call that breaks a rule
     */
    int acknowledgements() {
        int count = 0;
        String newestLog = "";
        for (SystemCall call : calls) {
            Matcher acknowledgement = ACKNOWLEDGEMENT.matcher(call.arguments());
            if (call.path().startsWith(directory + '/') && call.isWrite()) {
                newestLog = afterWrite(call, newestLog);
            } else if (call.isWrite() && acknowledgement.find()) {
                requireDurable(call, acknowledgement.group(1));
                count++;
            } else if (call.isRename() && isIn(call, ".segment", "MANIFEST")) {
                requireSyncsAround(call);
            } else if (call.isUnlink() && isIn(call, ".log")) {
                requireNoPendingEdit(call);
            }
        }
        return count;
    }

    private boolean isIn(SystemCall call, String... suffixes) {
        List<String> paths = call.quoted();
        String last = paths.isEmpty() ? "" : paths.get(paths.size() - 1);
        return last.startsWith(directory + '/')
                && List.of(suffixes).stream().anyMatch(last::endsWith);
    }

    /** The newest log that has commits, now. */
    private static String afterWrite(SystemCall call, String newestLog) {
        boolean isLog = call.path().endsWith(".log");
        if (call.path().endsWith(".segment") || isLog && call.path().compareTo(newestLog) < 0) {
            throw broken(call, "written although it is sealed");
        }
        return isLog && COMMIT.matcher(call.arguments()).find() ? call.path() : newestLog;
    }

    private void requireDurable(SystemCall acknowledgement, String name) {
        SystemCall write =
                first(call -> call.path().endsWith(".log") && call.arguments().contains(name))
                        .orElseThrow(() -> broken(acknowledgement, "never written"));
        requireSync(acknowledgement, write, write.path());
        first(call -> call.isCreation() && call.quoted().contains(write.path()))
                .ifPresent(creation -> requireSync(acknowledgement, creation, directory));
    }

    private Optional<SystemCall> first(Predicate<SystemCall> condition) {
        return calls.stream().filter(condition).findFirst();
    }

    private void requireSync(SystemCall before, SystemCall after, String path) {
        if (!isSynced(before, after, path)) {
            throw broken(before, "before a sync of " + path + " after " + after);
        }
    }

    /** Whether a sync of the path lies wholly between two calls. */
    private boolean isSynced(SystemCall before, SystemCall after, String path) {
        return calls.stream()
                .anyMatch(
                        call ->
                                call.isSync()
                                        && call.path().equals(path)
                                        && call.begin() > after.end()
                                        && call.end() < before.begin());
    }

    private void requireSyncsAround(SystemCall rename) {
        String source = rename.quoted().get(0);
        requireLastWriteSynced(rename, source);
        SystemCall next =
                first(
                                call ->
                                        call.begin() > rename.end()
                                                && call.thread().equals(rename.thread())
                                                && isChange(call))
                        .orElseThrow(() -> broken(rename, "and the directory never synced"));
        if (!next.isSync() || !next.path().equals(directory)) {
            throw broken(rename, "and the directory not synced before " + next);
        }
    }

    private boolean isChange(SystemCall call) {
        boolean isHere = call.path().startsWith(directory) && (call.isWrite() || call.isSync());
        return isHere || call.isRename() || call.isUnlink() || call.isCreation();
    }

    /** The thread that deletes has made the edit; what others edit meanwhile is their affair. */
    private void requireNoPendingEdit(SystemCall deletion) {
        String manifest = directory + "/MANIFEST";
        lastWrite(deletion, manifest, write -> write.thread().equals(deletion.thread()))
                .or(() -> lastWrite(deletion, manifest, any -> true))
                .ifPresent(edit -> requireSync(deletion, edit, manifest));
    }

    private void requireLastWriteSynced(SystemCall now, String path) {
        lastWrite(now, path, any -> true).ifPresent(write -> requireSync(now, write, path));
    }

    private Optional<SystemCall> lastWrite(
            SystemCall before, String path, Predicate<SystemCall> condition) {
        return calls.stream()
                .filter(call -> call.isWrite() && call.path().equals(path))
                .filter(call -> call.end() < before.begin())
                .filter(condition)
                .reduce((earlier, later) -> later);
    }

    private static AssertionError broken(SystemCall call, String how) {
        String shown = call.toString();
        return new AssertionError(shown.substring(0, Math.min(300, shown.length())) + ' ' + how);
    }
}

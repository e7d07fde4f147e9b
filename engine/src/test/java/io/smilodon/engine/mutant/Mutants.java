package io.smilodon.engine.mutant;

import static io.smilodon.engine.mutant.Surgery.returningEmpty;
import static io.smilodon.engine.mutant.Surgery.returningTrue;
import static io.smilodon.engine.mutant.Surgery.withJump;
import static io.smilodon.engine.mutant.Surgery.withTrueCalls;
import static io.smilodon.engine.mutant.Surgery.withoutBody;
import static io.smilodon.engine.mutant.Surgery.withoutCalls;
import static io.smilodon.engine.mutant.Surgery.withoutJump;

import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * Every mutant; of each suite the one that is found out soonest comes first. Whoever changes what
 * one of them changes adapts it here.
 */
public final class Mutants {

    public static final List<Mutant> ALL =
            List.of(
                    // What must be durable before something else happens.
                    Mutant.of(
                            "an edit of the manifest is not synced",
                            "A3",
                            withoutCalls("manifest.Manifest", "append", "Poison", "sync")),
                    Mutant.of(
                            "the entry of a new log is not synced",
                            "A3",
                            withoutCalls("log.CommitLog", "begin", "Poison", "sync")),
                    Mutant.of(
                            "the renaming of a manifest is not synced",
                            "A3",
                            withoutCalls(
                                    "manifest.Manifest",
                                    "lambda$switchTo",
                                    "StorageDirectory",
                                    "sync")),
                    Mutant.of(
                            "the entry of a segment is not synced",
                            "A3",
                            withoutCalls("compaction.SegmentStore", "", "Poison", "sync")),
                    Mutant.of(
                            "a segment is renamed before it is synced",
                            "A3",
                            withoutCalls("segment.SegmentWriter", "finish", "StorageFile", "sync")),
                    Mutant.of(
                            "a manifest is renamed before it is synced",
                            "A3",
                            withoutCalls("manifest.Manifest", "replaceFile", "LogWriter", "sync")),
                    Mutant.of(
                            "commits are acknowledged before the sync",
                            "A3",
                            withoutCalls("log.CommitLog", "sync", "LogWriter", "sync")),
                    Mutant.of(
                            "a new log is used before it is synced",
                            "A3",
                            withoutCalls("log.LogWriter", "start", "StorageFile", "sync")),
                    Mutant.of(
                            "commits are acknowledged before they are written",
                            "A3",
                            withoutCalls("log.GroupCommitter", "write", "CommitLog", "flush")),
                    // What recovery must do.
                    Mutant.of(
                            "recovery does not keep what the log held",
                            "A3",
                            withoutBody("store.Recovery", "writeSegment")),
                    Mutant.of(
                            "recovery relies on the end of a log that may not be on disk",
                            "A3",
                            returningEmpty("store.Recovery", "rewriteTail")),
                    Mutant.of(
                            "the entry of the rewritten end of a log is not synced",
                            "A3",
                            withoutCalls("store.Recovery", "rewriteTail", "Poison", "sync")),
                    Mutant.of(
                            "recovery leaves orphans",
                            "A3",
                            withoutBody("store.StoreFiles", "deleteOrphans")),
                    Mutant.of(
                            "a log is dropped before its segment is known",
                            "A3",
                            withoutCalls(
                                    "compaction.SegmentStore", "install", "Manifest", "append")),
                    // What must be checked.
                    Mutant.of(
                            "the checksum of a frame is not checked",
                            "A4",
                            withJump("log.LogReader", "frameAt", Opcodes.IF_ICMPEQ, 0)),
                    Mutant.of(
                            "the checksum of a frame's header is not checked",
                            "A4",
                            withoutJump("log.LogReader", "headerAt", Opcodes.IF_ICMPNE, 0)),
                    Mutant.of(
                            "the number of a frame is not checked",
                            "A4",
                            Surgery.returningTrue("log.LogReader", "lambda$next$0")),
                    Mutant.of(
                            "a tail is cut although something later proves it",
                            "A4",
                            returningEmpty("log.LogReader", "proofAfter")),
                    Mutant.of(
                            "the checksum of a block is not checked",
                            "A5",
                            withJump("segment.BlockCodec", "open", Opcodes.IF_ICMPEQ, 0)),
                    Mutant.of(
                            "the place of a block is not in its checksum",
                            "A5",
                            withoutCalls(
                                    "segment.BlockCodec", "startChecksum", "CRC32C", "update")),
                    Mutant.of(
                            "a damaged edit of the manifest is taken for a torn one",
                            "A5m",
                            returningEmpty("manifest.Manifest", "damage")),
                    Mutant.of(
                            "missing files are not noticed",
                            "A5m",
                            withoutBody("store.StoreFiles", "requireAll")),
                    Mutant.of(
                            "logs that the manifest does not know are orphans",
                            "A5m",
                            withoutBody("store.StoreFiles", "requireNoUnknownLog")),
                    // What must be done about failures.
                    Mutant.of(
                            "a failed sync is forgotten", "A6", withoutBody("log.Poison", "trip")),
                    Mutant.of(
                            "what could not be written is not cut off",
                            "A6",
                            withoutCalls("log.LogWriter", "abandon", "StorageFile", "truncate")),
                    Mutant.of(
                            "a short write is taken for a whole one", "A6", Surgery.writingOnce()),
                    // What readers must find.
                    Mutant.of(
                            "keys are missing in the filter",
                            "A3",
                            withoutBody("segment.BloomFilter$Builder", "hold")),
                    Mutant.of(
                            "removals go although something is left beneath them",
                            "A3",
                            withTrueCalls("compaction.VersionFilter", "test", "Predicate", "test")),
                    Mutant.of(
                            "conflicts are not looked for",
                            "C3",
                            returningEmpty("store.TableWriter", "refusal")),
                    Mutant.of(
                            "keys that are in a segment are not in its filter",
                            "B1",
                            withoutBody("segment.BloomFilter$Builder", "hold")),
                    Mutant.of(
                            "a filter denies keys of which it holds a sample only",
                            "B1",
                            returningTrue("segment.BloomFilter", "isHeld")),
                    Mutant.of(
                            "a filter does not say of which kinds it lacks keys",
                            "B1",
                            withoutBody("segment.BloomFilter$Builder", "lack")),
                    Mutant.of(
                            "level 0 does not know of which kinds its filter lacks keys",
                            "B1",
                            withoutBody("segment.BloomFilter$Builder", "name")),
                    Mutant.of(
                            "the filter of several has none of their keys",
                            "B1",
                            withoutBody("entry.KeyFilter", "copyInto")),
                    // What processes, disks and interrupts do.
                    Mutant.of(
                            "commits are acknowledged and never written",
                            "A1",
                            withoutCalls("log.GroupCommitter", "write", "CommitLog", "flush")),
                    Mutant.of(
                            "commits are acknowledged and written never",
                            "C4",
                            withoutCalls("log.GroupCommitter", "write", "CommitLog", "flush")),
                    Mutant.of(
                            "commits that a halt finds unwritten are acknowledged",
                            "A2",
                            withoutCalls("log.GroupCommitter", "write", "CommitLog", "flush")),
                    Mutant.of(
                            "a trace shows acknowledgements before the sync",
                            "A9",
                            withoutCalls("log.CommitLog", "sync", "LogWriter", "sync")),
                    Mutant.of(
                            "a trace shows a directory that is not synced",
                            "A9",
                            withoutCalls("compaction.SegmentStore", "", "Poison", "sync")),
                    Mutant.of(
                            "nobody looks whether a full disk has space again",
                            "A7",
                            withoutBody("store.SpaceGuard", "probe")),
                    Mutant.of(
                            "a file that an interrupt has closed stays closed",
                            "A11",
                            withoutJump("file.ReopeningFile", "reopen", Opcodes.IFEQ, 0)),
                    // What keeps others out, and what others rely on.
                    Mutant.of(
                            "the directory is not locked",
                            "A12",
                            withoutBody("file.FileDirectoryLock", "claim"),
                            withoutBody("file.FileDirectoryLock", "acquire")),
                    Mutant.of(
                            "the files of a backup are not synced",
                            "A13",
                            withoutCalls("backup.BackupWriter", "", "StorageFile", "sync")),
                    Mutant.of(
                            "the entries of a backup are not synced",
                            "A13",
                            withoutCalls("backup.BackupWriter", "", "StorageDirectory", "sync")),
                    // What followers get.
                    Mutant.of(
                            "a feed misses that its file is finished",
                            "A14",
                            withoutBody("feed.LogWalk", "lookAgain")),
                    Mutant.of(
                            "a feed gives what is not durable",
                            "A14",
                            withoutCalls("log.CommitLog", "sync", "LogWriter", "sync")),
                    Mutant.of(
                            "the time of a token is not compared",
                            "A14",
                            withoutBody("feed.ChangeFeeds", "requireSame")),
                    Mutant.of(
                            "the end of the log is not kept for feeds",
                            "A14",
                            withoutCalls("store.LogTail", "rewrite", "LogWriter", "append")));

    private Mutants() {}
}

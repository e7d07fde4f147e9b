package io.smilodon.query.exec;

/**
 * What a stage's cursor works with.
 *
 * @param view the documents and indexes that it reads
 * @param operation the limits it keeps
 * @param counts where it counts what it does
 */
record StageScope(CollectionView view, OperationContext operation, StageCounts counts) {}

package io.smilodon.security;

/** Something that somebody must be allowed to do. */
public record Need(Action action, Resource resource) {}

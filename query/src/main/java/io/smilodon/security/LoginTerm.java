package io.smilodon.security;

/** For how long a login is good. Thread-safe. */
@FunctionalInterface
public interface LoginTerm {

    /** As long as what becomes of the user and of the roles does not end it. */
    LoginTerm ENDLESS = () -> true;

    /** Whether it is good still; to ask that is to use it. */
    boolean lasts();
}

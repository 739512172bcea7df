/**
 * What tests of more than one package need: the built tool and programs to run under it, decision
 * servers, clients that a test plays, a pseudo-terminal with an emulator, a clock that a test
 * moves. A fixture runs in the test's JVM ({@code …Fixture}), a process is the real program ({@code
 * …Process}); what only one package needs stays in that package. Nothing here is itself a test:
 * helpers with logic of their own have tests beside them.
 */
package io.github.appaware.testkit;
